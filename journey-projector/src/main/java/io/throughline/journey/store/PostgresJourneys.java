package io.throughline.journey.store;

import io.throughline.events.EventKey;
import io.throughline.events.Token;
import io.throughline.journey.Position;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.digest.PersonDigest;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.query.FindingFilter;
import io.throughline.journey.query.Journeys;
import io.throughline.journey.query.ListedFinding;
import io.throughline.journey.query.Meta;
import io.throughline.journey.query.Receipt;
import io.throughline.journey.query.Status;
import io.throughline.journey.query.TouchpointFilter;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.Watermarks;
import io.vertx.sqlclient.Tuple;
import io.throughline.journey.source.SourceHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers from PostgreSQL, each from one snapshot.
public final class PostgresJourneys implements Journeys {

    private final Database database;
    private final String topic;
    private final int generation;

    public PostgresJourneys(Database database, String topic, int generation) {
        this.database = database;
        this.topic = topic;
        this.generation = generation;
    }

    @Override
    public <T> T read(Function<Snapshot, T> question) {
        return database.inSnapshot(session -> question.apply(new PostgresSnapshot(session)));
    }

    private final class PostgresSnapshot implements Snapshot {
        private final Session session;
        private final Progress progress;

        PostgresSnapshot(Session session) {
            this.session = session;
            this.progress = new Progress(session, generation);
        }

        @Override
        public Meta meta() {
            return progress.meta();
        }

        @Override
        public Status status() {
            return progress.status();
        }

        @Override
        public Watermarks watermarks() {
            return new SourcesHeard(session).watermarks(progress.meta().evaluatedAt());
        }

        @Override
        public @Nullable String namespace(Token person) {
            var rows = session.run("SELECT namespace FROM touchpoint WHERE token = $1 LIMIT 1", person.value()).iterator();
            return rows.hasNext() ? rows.next().getString(0) : null;
        }

        @Override
        public List<Touchpoint> touchpoints(Token person, TouchpointFilter filter, int limit) {
            var from = filter.after() == null ? filter.from() : latest(filter.from(), filter.after().occurredAt());
            var page = new ArrayList<Touchpoint>();
            session.stream("SELECT " + JourneyRows.COLUMNS + " FROM touchpoint t " + """
                     WHERE t.token = $1 AND t.occurred_at <= $2
                       AND ($3::timestamptz IS NULL OR t.occurred_at >= $3) AND ($4::timestamptz IS NULL OR t.occurred_at < $4)
                       AND ($5::text IS NULL OR t.channel = $5) AND ($6::text IS NULL OR t.type = $6)
                     ORDER BY t.token, t.occurred_at""",
                    Tuple.of(person.value(), Session.time(filter.through()), Session.time(from), Session.time(filter.before()),
                            filter.channel(), filter.type()), rows -> {
                        var touchpoints = new JourneyRows(rows, topic);
                        while (page.size() < limit && touchpoints.hasNext()) {
                            var touchpoint = touchpoints.next();
                            if (filter.after() == null || touchpoint.order().compareTo(filter.after()) > 0) {
                                page.add(touchpoint);
                            }
                        }
                    });
            return page;
        }

        private static Instant latest(@Nullable Instant one, Instant other) {
            return one == null || other.isAfter(one) ? other : one;
        }

        @Override
        public void journeys(Collection<Token> persons, Instant through, Consumer<Iterator<Touchpoint>> touchpoints) {
            session.stream("SELECT " + JourneyRows.COLUMNS + " FROM touchpoint t " + """
                     WHERE t.token = ANY($1::uuid[]) AND t.occurred_at <= $2 ORDER BY t.token, t.occurred_at""",
                    Tuple.of(Columns.ids(persons), Session.time(through)), rows -> touchpoints.accept(new JourneyRows(rows, topic)));
        }

        @Override
        public List<Token> persons(@Nullable Token after, int limit) {
            var persons = new ArrayList<Token>();
            session.run("SELECT id FROM person WHERE ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2", after == null ? null : after.value(), limit)
                    .forEach(row -> persons.add(new Token(row.getUUID(0))));
            return persons;
        }

        @Override
        public Optional<PersonDigest> digest(Token person) {
            var rows = session.run("SELECT " + PersonDigests.COLUMNS + " FROM person WHERE id = $1 AND evaluated_at IS NOT NULL", person.value()).iterator();
            return rows.hasNext() ? Optional.of(PersonDigests.read(rows.next())) : Optional.empty();
        }

        @Override
        public List<Finding> findingsOf(Token person) {
            return findings("SELECT " + FindingRows.COLUMNS + " FROM finding f WHERE f.person = $1 ORDER BY f.activation_at, f.rule, f.id", person.value());
        }

        @Override
        public List<Finding> findings(FindingId id) {
            return findings("SELECT " + FindingRows.COLUMNS + " FROM finding f WHERE f.id = $1 ORDER BY f.person", id.value());
        }

        private List<Finding> findings(String sql, UUID key) {
            var findings = new ArrayList<Finding>();
            session.run(sql, key).forEach(row -> findings.add(FindingRows.finding(row)));
            return findings;
        }

        @Override
        public List<ListedFinding> findings(FindingFilter filter, int limit) {
            var listed = new ArrayList<ListedFinding>();
            session.run("SELECT " + FindingRows.COLUMNS + ", f.serial FROM finding f " + """
                     WHERE ($1::text IS NULL OR f.rule = $1) AND ($2::text IS NULL OR f.status = $2) AND ($3::text IS NULL OR f.severity = $3)
                       AND ($4::uuid IS NULL OR f.person = $4) AND ($5::timestamptz IS NULL OR f.changed_at >= $5) AND ($6::bigint IS NULL OR f.serial < $6)
                     ORDER BY f.serial DESC LIMIT $7""",
                    filter.rule(), filter.status(), filter.severity(), filter.person() == null ? null : filter.person().value(), Session.time(filter.since()),
                    filter.beforeSerial(), limit).forEach(row -> listed.add(new ListedFinding(row.getLong("serial"), FindingRows.finding(row))));
            return listed;
        }

        @Override
        public List<SourceHealth> sources(SourceHealth.@Nullable Place after, int limit) {
            return new SourceRows(session).page(after, limit, progress.meta().evaluatedAt());
        }

        @Override
        public Receipt receipt(String source, String id, @Nullable Position position) {
            return new Receipts(session, topic).find(EventKey.of(source, id), position);
        }
    }
}
