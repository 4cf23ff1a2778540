package io.throughline.journey.store;

import io.throughline.events.Token;
import io.throughline.journey.project.Evaluations.Judged;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What is kept of each person: the lock under which they are evaluated, when to look again, and what the last evaluation amounts to.
final class PersonRows {

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
                   SET due_at = j.due_at, not_before = j.not_before, evaluated_at = $7,
                       events = j.events, journey_digest = j.journey_digest, verdict_digest = j.verdict_digest
                  FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::bigint[], $5::bytea[], $6::bytea[])
                       AS j (id, due_at, not_before, events, journey_digest, verdict_digest)
                 WHERE p.id = j.id""",
                Columns.ids(judged.keySet()),
                Columns.of(judged.values(), now -> Session.time(now.dueAt()), new OffsetDateTime[0]),
                Columns.of(judged.values(), now -> Session.time(now.restUntil()), new OffsetDateTime[0]),
                Columns.of(judged.values(), now -> now.digest().events(), new Long[0]),
                Columns.of(judged.values(), now -> Buffer.buffer(now.digest().journey().bytes()), new Buffer[0]),
                Columns.of(judged.values(), now -> Buffer.buffer(now.digest().verdicts().bytes()), new Buffer[0]),
                Session.time(at));
    }
}
