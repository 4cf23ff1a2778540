package io.throughline.journey.store;

import io.throughline.events.Token;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.project.Evaluations;
import io.throughline.journey.project.Share;
import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.Watermarks;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Marks, locks, journeys and verdicts in PostgreSQL.
///
/// @see Evaluations for why the steps come in this order
public final class PostgresEvaluations implements Evaluations {

    /// Said in the text of a query, and not by a parameter: only then does the planner know that the small index of hot persons will do.
    private static final String IS_HOT = "p.events >= " + Share.HOT;
    /// Of a mark `m` at an evaluation time. What occurs only after it has nothing to show yet. What a source dates far ahead is looked at once, and then
    /// falls due.
    private static final String IS_TO_BE_SEEN = "(m.occurred_at <= %s OR m.occurred_at > clock_timestamp() + interval '10 seconds')";

    private final Database database;
    private final String topic;
    private final Share share;
    /// Where the sweep through the marks goes on.
    private Token sweepFrom;

    public PostgresEvaluations(Database database, String topic, Share share) {
        this.database = database;
        this.topic = topic;
        this.share = share;
        this.sweepFrom = share.first();
    }

    @Override
    public <T> T inTransaction(Function<Steps, T> steps) {
        return database.inTransaction(session -> steps.apply(new PostgresSteps(session)));
    }

    @Override
    public void adoptRulebook(String fingerprint) {
        database.inTransaction(session -> {
            int changed = session.run("""
                    INSERT INTO rulebook (fingerprint) VALUES ($1)
                    ON CONFLICT (only_row) DO UPDATE SET fingerprint = excluded.fingerprint WHERE rulebook.fingerprint <> excluded.fingerprint""", fingerprint).rowCount();
            if (changed > 0) {
                Marks.markEveryone(session);
            }
            return null;
        });
    }

    @Override
    public void advanceTime() {
        database.outsideTransaction(session -> {
            EvaluationTime.advance(session);
            return null;
        });
    }

    @Override
    public boolean mayBeWaiting() {
        return database.outsideTransaction(session -> session.run("""
                SELECT EXISTS (SELECT FROM mark_bundle)
                    OR EXISTS (SELECT FROM mark m WHERE m.token BETWEEN $1 AND $2 AND %s)
                    OR EXISTS (SELECT FROM person p WHERE p.due_at <= t.at AND p.id BETWEEN $1 AND $2)
                    OR EXISTS (SELECT FROM awaiting)
                  FROM evaluation_time t""".formatted(IS_TO_BE_SEEN.formatted("t.at")), share.first().value(), share.last().value()).iterator().next().getBoolean(0));
    }

    private final class PostgresSteps implements Steps {
        private final Session session;
        /// What stood before, as [#told] read it.
        private final Map<UUID, Map<UUID, UUID>> formerVerdicts = new HashMap<>();

        PostgresSteps(Session session) {
            this.session = session;
        }

        @Override
        public Instant evaluationTime() {
            return EvaluationTime.read(session);
        }

        @Override
        public long rulesRevision() {
            return RulesHeld.hold(session);
        }

        @Override
        public Watermarks watermarks(Instant at) {
            return new SourcesHeard(session).watermarks(at);
        }

        @Override
        public List<Token> waiting(Instant at) {
            var persons = new LinkedHashSet<Token>();
            if (share.hot()) {
                hotOnesWithNews(at).forEach(row -> add(persons, row));
            } else {
                persons.addAll(usualOnesWithNews(at));
            }
            if (persons.size() < share.persons()) {
                session.run("""
                        SELECT id FROM person
                         WHERE due_at <= $1 AND id BETWEEN $2 AND $3
                           AND (events >= $4) = $5 AND (not_before IS NULL OR not_before <= clock_timestamp())
                         ORDER BY due_at LIMIT $6""",
                        time(at), share.first().value(), share.last().value(), Share.HOT, share.hot(), share.persons()).forEach(row -> add(persons, row));
            }
            if (persons.size() < share.persons()) {
                // Asked apart whether anybody waits at all: usually nobody does, which the planner cannot know.
                session.run("SELECT p.id FROM (" + SourcesHeard.NO_LONGER_AWAITING + ") a JOIN person p USING (id) " + """
                         WHERE (SELECT EXISTS (SELECT FROM awaiting)) AND p.id BETWEEN $2 AND $3
                           AND (p.events >= $4) = $5 AND (p.not_before IS NULL OR p.not_before <= clock_timestamp())
                         LIMIT $6""",
                        time(at), share.first().value(), share.last().value(), Share.HOT, share.hot(), share.persons()).forEach(row -> add(persons, row));
            }
            return List.copyOf(persons);
        }

        private List<Token> usualOnesWithNews(Instant at) {
            var persons = sweep(at);
            if (persons.size() < share.persons()) {
                boolean sweptAll = sweepFrom.equals(share.first());
                sweepFrom = share.first();
                boolean more = Marks.unbundle(session);
                if (persons.isEmpty() && (more || !sweptAll)) {
                    persons = sweep(at);
                }
            }
            if (persons.size() == share.persons()) {
                sweepFrom = after(persons.getLast());
            }
            return persons;
        }

        private List<Token> sweep(Instant at) {
            var persons = new ArrayList<Token>();
            session.run("""
                    SELECT m.token FROM mark m
                     WHERE m.token BETWEEN $2 AND $3 AND %s
                       AND NOT EXISTS (SELECT FROM person p WHERE p.id = m.token AND %s)
                     GROUP BY m.token ORDER BY m.token LIMIT $4""".formatted(IS_TO_BE_SEEN.formatted("$1"), IS_HOT),
                    time(at), sweepFrom.value(), share.last().value(), share.persons()).forEach(row -> persons.add(new Token(row.getUUID(0))));
            return persons;
        }

        private static Token after(Token token) {
            long low = token.value().getLeastSignificantBits() + 1;
            long high = token.value().getMostSignificantBits() + (low == 0 ? 1 : 0);
            return low == 0 && high == 0 ? token : new Token(new UUID(high, low));
        }

        /// From the few hot ones to their marks: the other way round would look at everybody's.
        private RowSet<Row> hotOnesWithNews(Instant at) {
            return session.run("""
                    SELECT p.id FROM person p
                     WHERE %s AND (p.not_before IS NULL OR p.not_before <= clock_timestamp())
                       AND EXISTS (SELECT FROM mark m WHERE m.token = p.id AND %s)
                     LIMIT $2""".formatted(IS_HOT, IS_TO_BE_SEEN.formatted("$1")),
                    time(at), share.persons());
        }

        private void add(Set<Token> persons, Row row) {
            if (persons.size() < share.persons()) {
                persons.add(new Token(row.getUUID(0)));
            }
        }

        @Override
        public List<Token> lock(Collection<Token> persons) {
            var ids = ids(persons);
            session.run("INSERT INTO person (id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING", (Object) ids);
            var locked = new ArrayList<Token>();
            session.run("SELECT id FROM person WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE SKIP LOCKED", (Object) ids)
                    .forEach(row -> locked.add(new Token(row.getUUID(0))));
            return locked;
        }

        @Override
        public void takeMarks(Collection<Token> persons) {
            session.run("DELETE FROM mark WHERE token = ANY($1::uuid[])", (Object) ids(persons));
        }

        @Override
        public void load(Collection<Token> persons, Consumer<Touchpoint> journeys) {
            session.stream("SELECT " + JourneyRows.COLUMNS + " FROM touchpoint t WHERE t.token = ANY($1::uuid[]) ORDER BY t.token, t.occurred_at",
                    Tuple.of(ids(persons)), rows -> new JourneyRows(rows, topic).forEachRemaining(journeys));
        }

        @Override
        public Map<Token, Map<FindingId, Finding>> told(Map<Token, Judged> judged) {
            session.run("SELECT person, finding, content FROM verdict WHERE person = ANY($1::uuid[])", (Object) ids(judged.keySet()))
                    .forEach(row -> formerVerdicts.computeIfAbsent(row.getUUID(0), _ -> new HashMap<>()).put(row.getUUID(1), row.getUUID(2)));
            var findings = new HashSet<UUID>();
            formerVerdicts.values().forEach(former -> findings.addAll(former.keySet()));
            judged.values().forEach(now -> now.found().forEach(activation -> findings.add(activation.id().value())));
            var told = new HashMap<Token, Map<FindingId, Finding>>();
            if (!findings.isEmpty()) {
                session.run("SELECT " + FindingRows.COLUMNS + " FROM finding f WHERE f.id = ANY($1::uuid[])", (Object) findings.toArray(UUID[]::new))
                        .forEach(row -> {
                            var finding = FindingRows.finding(row);
                            told.computeIfAbsent(finding.person(), _ -> new HashMap<>()).put(finding.id(), finding);
                        });
            }
            return told;
        }

        @Override
        public void write(Instant at, Map<Token, Judged> judged, List<Finding> revisions) {
            writeVerdicts(judged);
            writeAwaited(judged);
            FindingRows.upsert(session, revisions);
            PostgresRevisionQueue.add(session, revisions);
            session.run("""
                    UPDATE person p
                       SET due_at = j.due_at, not_before = j.not_before, evaluated_at = $7,
                           events = j.events, journey_digest = j.journey_digest, verdict_digest = j.verdict_digest
                      FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::bigint[], $5::bytea[], $6::bytea[])
                           AS j (id, due_at, not_before, events, journey_digest, verdict_digest)
                     WHERE p.id = j.id""",
                    ids(judged.keySet()),
                    column(judged, now -> time(now.dueAt()), new OffsetDateTime[0]),
                    column(judged, now -> time(now.restUntil()), new OffsetDateTime[0]),
                    column(judged, now -> now.digest().events(), new Long[0]),
                    column(judged, now -> Buffer.buffer(now.digest().journey().bytes()), new Buffer[0]),
                    column(judged, now -> Buffer.buffer(now.digest().verdicts().bytes()), new Buffer[0]),
                    time(at));
        }

        private void writeAwaited(Map<Token, Judged> judged) {
            session.run("DELETE FROM awaiting WHERE person = ANY($1::uuid[])", (Object) ids(judged.keySet()));
            var persons = new ArrayList<UUID>();
            var sources = new ArrayList<String>();
            var through = new ArrayList<OffsetDateTime>();
            judged.forEach((person, now) -> now.awaited().forEach((source, moment) -> {
                persons.add(person.value());
                sources.add(source);
                through.add(time(moment));
            }));
            if (!persons.isEmpty()) {
                session.run("INSERT INTO awaiting (person, source, through) SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[])",
                        persons.toArray(UUID[]::new), sources.toArray(String[]::new), through.toArray(OffsetDateTime[]::new));
            }
        }

        private static <T> T[] column(Map<Token, Judged> judged, Function<Judged, T> value, T[] type) {
            return judged.values().stream().map(value).toList().toArray(type);
        }

        private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
            return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
        }

        private void writeVerdicts(Map<Token, Judged> judged) {
            var gone = new VerdictKeys();
            var changed = new VerdictKeys();
            judged.forEach((person, now) -> {
                var former = new HashMap<>(formerVerdicts.getOrDefault(person.value(), Map.of()));
                for (Activation activation : now.found()) {
                    var content = activation.contentHash();
                    if (!Objects.equals(former.remove(activation.id().value()), content)) {
                        changed.add(person.value(), activation.id().value(), content);
                    }
                }
                former.forEach((finding, content) -> gone.add(person.value(), finding, content));
            });
            if (!gone.isEmpty()) {
                session.run("DELETE FROM verdict v USING unnest($1::uuid[], $2::uuid[]) AS g (person, finding) WHERE v.person = g.person AND v.finding = g.finding",
                        gone.persons(), gone.findings());
            }
            if (!changed.isEmpty()) {
                session.run("""
                        INSERT INTO verdict (person, finding, content) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[])
                        ON CONFLICT (person, finding) DO UPDATE SET content = excluded.content""", changed.persons(), changed.findings(), changed.contents());
            }
        }

        private static UUID[] ids(Collection<Token> tokens) {
            return tokens.stream().map(Token::value).toArray(UUID[]::new);
        }
    }

    /// Columns for `unnest`.
    private static final class VerdictKeys {
        private final List<UUID> persons = new ArrayList<>();
        private final List<UUID> findings = new ArrayList<>();
        private final List<UUID> contents = new ArrayList<>();

        void add(UUID person, UUID finding, UUID content) {
            persons.add(person);
            findings.add(finding);
            contents.add(content);
        }

        boolean isEmpty() {
            return persons.isEmpty();
        }

        UUID[] persons() {
            return persons.toArray(UUID[]::new);
        }

        UUID[] findings() {
            return findings.toArray(UUID[]::new);
        }

        UUID[] contents() {
            return contents.toArray(UUID[]::new);
        }
    }
}
