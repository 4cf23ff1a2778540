package io.throughline.journey.store;

import io.throughline.events.Token;
import io.throughline.events.json.EventJson;
import io.throughline.journey.project.Evaluations;
import io.throughline.journey.project.Evaluations.Judged;
import io.throughline.journey.project.Share;
import io.throughline.journey.query.OverBudget;
import io.throughline.journey.query.SetAside;
import io.throughline.journey.rule.Overrun;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is kept of each person: the lock under which they are evaluated, when to look again, and what the last evaluation amounts to.
final class PersonRows {

    private static final int MOST_REASON = 500;

    private PersonRows() {}

    /// Makes rows of those who have none. Whom another holds is left to that one.
    ///
    /// @return those that are the caller's until its transaction ends
    static List<Token> lock(Session session, Collection<Token> persons) {
        var ids = Columns.ids(persons);
        session.run("INSERT INTO person (id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING", (Object) ids);
        var locked = new ArrayList<Token>();
        session.run("SELECT id FROM person WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE SKIP LOCKED", (Object) ids)
                .forEach(row -> locked.add(new Token(row.getUUID(0))));
        return locked;
    }

    /// @param at the evaluation time at which they were judged
    static void write(Session session, Instant at, Map<Token, Judged> judged) {
        session.run("""
                UPDATE person p
                   SET due_at = j.due_at, not_before = j.not_before, evaluated_at = $9, events = j.events, journey_digest = j.journey_digest,
                       verdict_digest = j.verdict_digest, weight = j.weight, overruns = j.overruns, failures = 0, failure = NULL,
                       first_at = j.first_at, last_at = j.last_at, findings = j.findings, severity = j.severity
                  FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::bigint[], $5::bytea[], $6::bytea[], $7::bigint[], $8::text[],
                               $10::timestamptz[], $11::timestamptz[], $12::int[], $13::text[])
                       AS j (id, due_at, not_before, events, journey_digest, verdict_digest, weight, overruns, first_at, last_at, findings, severity)
                 WHERE p.id = j.id""",
                Columns.ids(judged.keySet()),
                Columns.of(judged.values(), now -> Session.time(now.dueAt()), new OffsetDateTime[0]),
                Columns.of(judged.values(), now -> Session.time(now.restUntil()), new OffsetDateTime[0]),
                Columns.of(judged.values(), now -> now.digest().events(), new Long[0]),
                Columns.of(judged.values(), now -> Buffer.buffer(now.digest().journey().bytes()), new Buffer[0]),
                Columns.of(judged.values(), now -> Buffer.buffer(now.digest().verdicts().bytes()), new Buffer[0]),
                Columns.of(judged.values(), Judged::weight, new Long[0]),
                Columns.of(judged.values(), now -> overruns(now.overruns()), new String[0]),
                Session.time(at),
                Columns.of(judged.values(), now -> Session.time(now.outline().firstAt()), new OffsetDateTime[0]),
                Columns.of(judged.values(), now -> Session.time(now.outline().lastAt()), new OffsetDateTime[0]),
                Columns.of(judged.values(), now -> now.outline().findings(), new Integer[0]),
                Columns.of(judged.values(), now -> now.outline().severity() == null ? null : now.outline().severity().wire(), new String[0]));
    }

    private static @Nullable String overruns(List<Overrun> overruns) {
        if (overruns.isEmpty()) {
            return null;
        }
        var json = EventJson.mapper().createArrayNode();
        overruns.forEach(overrun -> json.addObject().put("rule", overrun.rule()).put("ruleVersion", overrun.version()).put("reason", overrun.reason()));
        return json.toString();
    }

    static void setApart(Session session, Token person) {
        session.run("""
                INSERT INTO person (id, weight) VALUES ($1, $2)
                ON CONFLICT (id) DO UPDATE SET weight = greatest(person.weight, excluded.weight)""", person.value(), (long) Share.HEAVY);
    }

    static void setAside(Session session, Token person, String reason) {
        session.run("""
                INSERT INTO person AS p (id, failures, failure, not_before) VALUES ($1, 1, $2, clock_timestamp() + make_interval(secs => $3))
                ON CONFLICT (id) DO UPDATE SET failures = p.failures + 1, failure = excluded.failure,
                    not_before = clock_timestamp() + make_interval(secs => least($4, $3 * 2 ^ least(p.failures, 20)))""",
                person.value(), reason.replace('\0', '?').substring(0, Math.min(reason.length(), MOST_REASON)),
                (double) Evaluations.FIRST_PAUSE_SECONDS, (double) Evaluations.MOST_PAUSE_SECONDS);
    }

    /// Lets those who are set aside be tried at once.
    ///
    /// @param person one of them; all if `null`
    /// @return how many
    static int retry(Session session, @Nullable Token person) {
        return session.run("UPDATE person SET not_before = NULL WHERE failures > 0 AND ($1::uuid IS NULL OR id = $1)",
                person == null ? null : person.value()).rowCount();
    }

    static List<SetAside> setAside(Session session, @Nullable Token after, int limit) {
        var setAside = new ArrayList<SetAside>();
        session.run("""
                SELECT id, failures, failure, coalesce(not_before, clock_timestamp()) FROM person
                 WHERE failures > 0 AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2""", after == null ? null : after.value(), limit)
                .forEach(row -> setAside.add(new SetAside(new Token(row.getUUID(0)), row.getInteger(1), row.getString(2),
                        row.getOffsetDateTime(3).toInstant())));
        return setAside;
    }

    static List<OverBudget> overBudget(Session session, @Nullable Token after, int limit) {
        var overBudget = new ArrayList<OverBudget>();
        session.run("""
                SELECT p.id, o.rule, o."ruleVersion", o.reason
                  FROM (SELECT id, overruns FROM person WHERE overruns IS NOT NULL AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2) p,
                       json_to_recordset(p.overruns::json) AS o (rule text, "ruleVersion" int, reason text)
                 ORDER BY p.id, o.rule, o."ruleVersion"
                """, after == null ? null : after.value(), limit)
                .forEach(row -> overBudget.add(new OverBudget(new Token(row.getUUID(0)), row.getString(1), row.getInteger(2), row.getString(3))));
        return overBudget;
    }
}
