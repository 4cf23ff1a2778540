package io.throughline.journey.store;

import io.throughline.events.EventKey;
import io.throughline.events.OrderKey;
import io.throughline.events.Token;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Position;
import io.throughline.journey.Refusal;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.digest.PersonDigest;
import io.throughline.journey.finding.Dismissal;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.query.Filling;
import io.throughline.journey.query.FindingDimension;
import io.throughline.journey.query.FindingFilter;
import io.throughline.journey.query.FindingGroup;
import io.throughline.journey.query.FindingPlace;
import io.throughline.journey.query.FindingSort;
import io.throughline.journey.query.FoundJourney;
import io.throughline.journey.query.JourneyFilter;
import io.throughline.journey.query.Journeys;
import io.throughline.journey.query.ListedFinding;
import io.throughline.journey.query.Meta;
import io.throughline.journey.query.OverBudget;
import io.throughline.journey.query.Page;
import io.throughline.journey.query.Receipt;
import io.throughline.journey.query.Room;
import io.throughline.journey.query.RuleVersionEntry;
import io.throughline.journey.query.SetAside;
import io.throughline.journey.query.Status;
import io.throughline.journey.query.TouchpointFilter;
import io.throughline.journey.query.Warnings;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.Watermarks;
import io.throughline.journey.source.SourceHealth;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers from PostgreSQL, each from one snapshot.
public final class PostgresJourneys implements Journeys {

    /// What an answer says of a touchpoint beside its data and rarer attributes, at least.
    private static final int TOUCHPOINT_BYTES = 512;

    private final Database database;
    private final String topic;
    private final int generation;
    private final Duration patience;
    private final Supplier<Map<Integer, Long>> ends;

    /// @param patience after which the database gives up a statement
    /// @param ends of the partitions of the log, as far as they are known; must not wait
    public PostgresJourneys(Database database, String topic, int generation, Duration patience, Supplier<Map<Integer, Long>> ends) {
        this.ends = ends;
        this.database = database;
        this.topic = topic;
        this.generation = generation;
        this.patience = patience;
    }

    @Override
    public <T> T read(Function<Snapshot, T> question) {
        return database.inSnapshot(session -> {
            session.run("SELECT set_config('statement_timeout', $1, true)", Long.toString(patience.toMillis()));
            return question.apply(new PostgresSnapshot(session));
        });
    }

    private final class PostgresSnapshot implements Snapshot {
        private final Session session;
        private final Progress progress;

        PostgresSnapshot(Session session) {
            this.session = session;
            this.progress = new Progress(session, generation, ends.get());
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
        public Warnings warnings() {
            return progress.warnings();
        }

        @Override
        public List<SetAside> setAside(@Nullable Token after, int limit) {
            return PersonRows.setAside(session, after, limit);
        }

        @Override
        public List<OverBudget> overBudget(@Nullable Token after, int limit) {
            return PersonRows.overBudget(session, after, limit);
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
        public Page<Touchpoint> touchpoints(Token person, TouchpointFilter filter, Room room) {
            var from = filter.after() == null ? filter.from() : latest(filter.from(), filter.after().occurredAt());
            var filling = new Filling<OrderKey, Touchpoint>(room);
            JourneyRows.stream(session, topic, """
                         t.token = $1 AND t.occurred_at <= $2
                     AND ($3::timestamptz IS NULL OR t.occurred_at >= $3) AND ($4::timestamptz IS NULL OR t.occurred_at < $4)
                     AND ($5::text[] IS NULL OR t.channel = ANY ($5)) AND ($6::text[] IS NULL OR t.type = ANY ($6))""",
                    Tuple.of(person.value(), Session.time(filter.through()), Session.time(from), Session.time(filter.before()),
                            Columns.anyOf(filter.channels()), Columns.anyOf(filter.types())), touchpoints -> {
                        while (filling.end() == null && touchpoints.hasNext()) {
                            var touchpoint = touchpoints.next();
                            if (filter.after() == null || touchpoint.order().compareTo(filter.after()) > 0) {
                                filling.offer(touchpoint.order(), touchpoint, bytes(touchpoint));
                            }
                        }
                    });
            return filling.page();
        }

        private static long bytes(Touchpoint touchpoint) {
            var extensions = touchpoint.attributes().extensions().values().stream().mapToInt(String::length).sum();
            return TOUCHPOINT_BYTES + touchpoint.payload().size() + extensions;
        }

        private static Instant latest(@Nullable Instant one, Instant other) {
            return one == null || other.isAfter(one) ? other : one;
        }

        @Override
        public void journeys(Collection<Token> persons, Instant through, Consumer<Iterator<Touchpoint>> touchpoints) {
            JourneyRows.stream(session, topic, "t.token = ANY($1::uuid[]) AND t.occurred_at <= $2",
                    Tuple.of(Columns.ids(persons), Session.time(through)), touchpoints);
        }

        @Override
        public List<Token> persons(@Nullable Token after, int limit) {
            var persons = new ArrayList<Token>();
            session.run("SELECT id FROM person WHERE ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2", after == null ? null : after.value(), limit)
                    .forEach(row -> persons.add(new Token(row.getUUID(0))));
            return persons;
        }

        @Override
        public Page<FoundJourney> find(JourneyFilter filter, @Nullable Token after, int limit) {
            return new JourneySearch(session, filter, after).page(limit);
        }

        @Override
        public long count(JourneyFilter filter, long most) {
            return new JourneySearch(session, filter, null).count(most);
        }

        @Override
        public Optional<PersonDigest> digest(Token person) {
            var rows = session.run("SELECT " + PersonDigests.COLUMNS + " FROM person WHERE id = $1 AND evaluated_at IS NOT NULL", person.value()).iterator();
            return rows.hasNext() ? Optional.of(PersonDigests.read(rows.next())) : Optional.empty();
        }

        @Override
        public Page<Finding> findingsOf(Token person, @Nullable FindingPlace after, Room room) {
            var some = new FindingPages.Some("f.activation_at, f.rule COLLATE \"C\", f.id").where("f.person = ", "uuid", person.value());
            if (after != null) {
                some.after(Session.time(after.activationAt()), after.rule(), after.id().value());
            }
            var page = new FindingPages(session).read(some, room);
            return new Page<>(page.items().stream().map(ListedFinding::finding).toList(), page.more());
        }

        @Override
        public long countFindingsOf(Token person) {
            return session.run("SELECT count(*) FROM finding WHERE person = $1", person.value()).iterator().next().getLong(0);
        }

        @Override
        public List<Finding> findings(FindingId id, @Nullable Token person, int limit) {
            var found = new ArrayList<Finding>();
            session.run("SELECT " + FindingRows.COLUMNS + " FROM finding f WHERE f.id = $1 AND ($2::uuid IS NULL OR f.person = $2) ORDER BY f.person LIMIT $3",
                    id.value(), person == null ? null : person.value(), limit).forEach(row -> found.add(FindingRows.finding(row)));
            return found;
        }

        @Override
        public Optional<Dismissal> dismissal(FindingId id, Token person) {
            return Dismissals.find(session, id, person);
        }

        @Override
        public Page<ListedFinding> findings(FindingFilter filter, FindingSort sort, ListedFinding.@Nullable Place after, Room room) {
            return new FindingPages(session).read(FindingPages.Some.of(filter, sort, after), room);
        }

        @Override
        public boolean hasFindingsOf(String rule) {
            return session.run("SELECT 1 FROM finding WHERE rule = $1 LIMIT 1", rule).size() > 0;
        }

        @Override
        public long countFindings(FindingFilter filter) {
            return new FindingPages(session).count(filter);
        }

        @Override
        public List<FindingGroup> findingGroups(FindingFilter filter, Set<FindingDimension> by, ZoneId zone, int most) {
            if (by.contains(FindingDimension.WEEK)) {
                requireZone(zone);
            }
            return new FindingPages(session).groups(filter, by, zone, most);
        }

        /// Java may know zones that the database does not.
        private void requireZone(ZoneId zone) {
            try {
                session.run("SELECT now() AT TIME ZONE $1::text", zone.getId());
            } catch (DatabaseException unknown) {
                throw unknown.isAboutTheValues() ? new Refusal(ErrorCode.INVALID_PARAMETER, "zone: the database knows no zone " + zone + ".") : unknown;
            }
        }

        @Override
        public Page<SourceHealth> sources(SourceHealth.@Nullable Place after, Room room) {
            return new SourceRows(session).page(after, room, progress.meta().evaluatedAt());
        }

        @Override
        public Page<RuleVersionEntry> ruleVersions(String rule, @Nullable Long before, Room room) {
            return RuleVersions.entries(session, rule, before, room);
        }

        @Override
        public Receipt receipt(String source, String id, @Nullable Position position) {
            return new Receipts(session, topic).find(EventKey.of(source, id), position);
        }
    }
}
