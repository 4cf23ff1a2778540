package io.throughline.journey.store;

import io.throughline.journey.finding.Finding;
import io.throughline.journey.project.Evaluations;
import io.throughline.events.Token;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.FindingId;
import io.vertx.sqlclient.Row;
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

/// Marks, locks, journeys and verdicts in PostgreSQL.
///
/// @see Evaluations for why the steps come in this order
public final class PostgresEvaluations implements Evaluations {

    /// Marks read to find persons: several marks of one person count once.
    private static final int MARKS_PER_PERSON = 8;

    private final Database database;
    private final String topic;
    private final int share;
    private final int shares;

    /// @param share which of `shares` parts of all persons this evaluator prefers to look at, so that evaluators of one process seldom meet
    public PostgresEvaluations(Database database, String topic, int share, int shares) {
        this.database = database;
        this.topic = topic;
        this.share = share;
        this.shares = shares;
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
                session.run("INSERT INTO mark (token, occurred_at) SELECT id, 'epoch' FROM person");
            }
            return null;
        });
    }

    static Instant evaluationTime(Session session) {
        var time = session.run("SELECT least(clock_timestamp(), min(projected_through)) AS at FROM checkpoint").iterator().next().getOffsetDateTime("at");
        return time.toInstant();
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
            return PostgresEvaluations.evaluationTime(session);
        }

        @Override
        public List<Token> waiting(Instant at, int limit) {
            var persons = new LinkedHashSet<Token>();
            // What occurs only after `at` has nothing to show yet. What a source dates far ahead is looked at once, and then falls due.
            session.run("""
                    SELECT token FROM mark
                     WHERE (occurred_at <= $1 OR occurred_at > clock_timestamp() + interval '10 seconds') AND ($3 = 1 OR get_byte(uuid_send(token), 15) % $3 = $2)
                     ORDER BY serial LIMIT $4""", at.atOffset(ZoneOffset.UTC), share, shares, limit * MARKS_PER_PERSON).forEach(row -> add(persons, row, limit));
            if (persons.size() < limit) {
                session.run("""
                        SELECT id FROM person
                         WHERE due_at <= $1 AND ($3 = 1 OR get_byte(uuid_send(id), 15) % $3 = $2)
                         ORDER BY due_at LIMIT $4""", at.atOffset(ZoneOffset.UTC), share, shares, limit).forEach(row -> add(persons, row, limit));
            }
            return List.copyOf(persons);
        }

        private static void add(Set<Token> persons, Row row, int limit) {
            if (persons.size() < limit) {
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
            FindingRows.upsert(session, revisions);
            PostgresRevisionQueue.add(session, revisions);
            session.run("""
                    UPDATE person p SET due_at = j.due_at, evaluated_at = $3
                      FROM unnest($1::uuid[], $2::timestamptz[]) AS j (id, due_at) WHERE p.id = j.id""",
                    ids(judged.keySet()),
                    judged.values().stream().map(now -> now.dueAt() == null ? null : now.dueAt().atOffset(ZoneOffset.UTC)).toList().toArray(new OffsetDateTime[0]),
                    at.atOffset(ZoneOffset.UTC));
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
