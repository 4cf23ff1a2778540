package io.throughline.journey.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.throughline.events.OrderKey;
import io.throughline.events.Token;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.query.FindingDimension;
import io.throughline.journey.query.FindingFilter;
import io.throughline.journey.query.FindingGroup;
import io.throughline.journey.query.FindingGroup.Sum;
import io.throughline.journey.query.FindingPlace;
import io.throughline.journey.query.FindingSort;
import io.throughline.journey.query.Journeys.Snapshot;
import io.throughline.journey.query.ListedFinding;
import io.throughline.journey.query.Page;
import io.throughline.journey.query.Room;
import io.throughline.journey.query.RuleVersionEntry;
import io.throughline.journey.query.TouchpointFilter;
import io.throughline.journey.source.SourceHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Lists are read page by page, of which none holds more than an answer takes: nothing twice, nothing left out.
class PostgresJourneysTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Token ADA = new Token(new UUID(0, 1));
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
    private static final int KIB = 1024;

    private Database database;
    private PostgresJourneys journeys;

    @BeforeEach
    void open() throws Exception {
        database = DATABASE.create();
        new PostgresProjectionStore(database, "touchpoints").register(1);
        journeys = new PostgresJourneys(database, "touchpoints", 1, Duration.ofMinutes(1), Map::of);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aHundredThousandFindingsOfOnePersonAreReadPageByPage() {
        findings(100_000, "1500");
        var seen = new HashSet<String>();
        var last = new FindingPlace[1];
        long largest = 0;
        int pages = 0;
        for (boolean more = true; more; pages++) {
            var page = read(snapshot -> snapshot.findingsOf(ADA, last[0], Room.of(500)));
            for (var finding : page.items()) {
                var place = FindingPlace.of(finding);
                assertThat(last[0] == null || place.compareTo(last[0]) > 0).as("in order, and none twice").isTrue();
                last[0] = place;
                seen.add(finding.id().toString());
            }
            largest = Math.max(largest, bytes(page));
            more = page.more();
        }
        System.out.printf("100,000 findings of 1.5 KB: %d pages, the largest of %,d bytes%n", pages, largest);
        assertThat(seen).hasSize(100_000);
        assertThat(largest).isLessThanOrEqualTo(Room.ANSWER_BYTES);
        assertThat(this.<Long>read(snapshot -> snapshot.countFindingsOf(ADA))).isEqualTo(100_000);
    }

    @Test
    void largeFindingsMakeShortPages() {
        findings(60, "CASE i % 3 WHEN 0 THEN 128 * 1024 ELSE 200 END");
        var all = this.<Finding>all(last -> findingsAfter(last, Room.of(500)));
        assertThat(all.items()).extracting(finding -> finding.id().toString()).hasSize(60).doesNotHaveDuplicates();
        assertThat(all.sizes()).hasSizeGreaterThan(2);
        assertThat(this.<Finding>all(last -> findingsAfter(last, new Room(500, 1))).sizes()).as("one at least").containsOnly(1);
    }

    private Page<Finding> findingsAfter(@Nullable Finding last, Room room) {
        return read(snapshot -> snapshot.findingsOf(ADA, last == null ? null : FindingPlace.of(last), room));
    }

    @Test
    void filteredFindingsAreReadNewestFirst() {
        findings(100, "20 * 1024");
        var filter = new FindingFilter(List.of("rule-1"), List.of("open"), List.of("high"), null, ADA, Instant.EPOCH, null, null);
        var all = this.<ListedFinding>all(last -> read(snapshot -> snapshot.findings(
                filter, FindingSort.KNOWN, last == null ? null : last.place(), Room.of(20))));
        assertThat(all.items()).hasSize(50).isSortedAccordingTo((one, other) -> Long.compare(other.serial(), one.serial()));
        assertThat(all.items()).extracting(listed -> listed.finding().rule()).containsOnly("rule-1");
        assertThat(all.sizes()).hasSize(3);
        var none = new FindingFilter(List.of(), List.of("resolved"), List.of(), null, null, null, null, null);
        assertThat(this.<Page<ListedFinding>>read(snapshot -> snapshot.findings(none, FindingSort.KNOWN, null, Room.of(1))).items()).isEmpty();
    }

    @Test
    void findingsAreReadByWhenTheyHappenedWhileOthersArriveAndChange() {
        findings(100, "10");
        var from = Instant.parse("2026-01-01T00:00:05Z");
        var filter = new FindingFilter(List.of(), List.of(), List.of(), null, null, null, from, from.plusSeconds(10));
        var all = this.<ListedFinding>all(last -> {
            var page = this.<Page<ListedFinding>>read(snapshot -> snapshot.findings(filter, FindingSort.HAPPENED, last == null ? null : last.place(), Room.of(7)));
            // Findings already read get a new revision, and newer ones arrive: neither may change the pages.
            run("UPDATE finding SET changed_at = changed_at + interval '1 hour', revision = revision + 1");
            run("""
                    INSERT INTO finding (id, person, rule, rule_version, severity, status, revision, historic, content, activation_at, known_at, changed_at, body)
                    VALUES (gen_random_uuid(), gen_random_uuid(), 'r', 1, 'high', 'open', 1, false, gen_random_uuid(), '2026-01-01T00:00:14.5Z', now(), now(), '{}')""");
            return page;
        });
        assertThat(all.items()).extracting(listed -> listed.finding().activationAt())
                .hasSize(50).isSortedAccordingTo(Comparator.reverseOrder()).allMatch(at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(10)));
        assertThat(all.items()).extracting(ListedFinding::serial).doesNotHaveDuplicates();
    }

    @Test
    void findingsAreCountedByWhatIsAskedAndTheirCostIsSummedByCurrency() {
        counted("late", "open", "delivery", "2026-03-01T23:30:00Z", "12.50", "GBP");
        counted("late", "resolved", "delivery", "2026-03-02T12:00:00Z", "0.50", "GBP");
        counted("late", "open", "delivery", "2026-03-03T12:00:00Z", "3", "JPY");
        counted("late", "withdrawn", "delivery", "2026-03-03T12:00:00Z", "100.00", "GBP");
        counted("odd", "open", null, "2026-03-03T12:00:00Z", null, null);
        assertThat(groups(Set.of(FindingDimension.RULE, FindingDimension.STAGE), "UTC")).containsExactly(
                new FindingGroup("late", null, null, "delivery", null, 4, List.of(new Sum("13.00", "GBP"), new Sum("3", "JPY"))),
                new FindingGroup("odd", null, null, null, null, 1, List.of()));
        // Half an hour before a Monday in UTC is a Monday already in Berlin.
        assertThat(groups(Set.of(FindingDimension.WEEK), "UTC")).extracting(group -> group.week() + ":" + group.findings())
                .containsExactly("2026-03-02:4", "2026-02-23:1");
        assertThat(groups(Set.of(FindingDimension.WEEK), "Europe/Berlin")).extracting(group -> group.week() + ":" + group.findings())
                .containsExactly("2026-03-02:5");
        var second = new FindingFilter(List.of(), List.of(), List.of(), null, null, null, Instant.parse("2026-03-02T00:00:00Z"), Instant.parse("2026-03-03T00:00:00Z"));
        assertThat(this.<List<FindingGroup>>read(snapshot -> snapshot.findingGroups(second, Set.of(FindingDimension.STATUS), ZoneOffset.UTC, 10)))
                .containsExactly(new FindingGroup(null, "resolved", null, null, null, 1, List.of(new Sum("0.50", "GBP"))));
        assertThat(this.<List<FindingGroup>>read(snapshot -> snapshot.findingGroups(FindingFilter.ANY, Set.of(FindingDimension.RULE, FindingDimension.STATUS),
                ZoneOffset.UTC, 2))).as("one more than there may be says that there are more").hasSize(3);
    }

    private List<FindingGroup> groups(Set<FindingDimension> by, String zone) {
        return read(snapshot -> snapshot.findingGroups(FindingFilter.ANY, by, ZoneId.of(zone), 100));
    }

    private void counted(String rule, String status, @Nullable String stage, String at, @Nullable String cost, @Nullable String currency) {
        database.inTransaction(session -> session.run("""
                INSERT INTO finding (id, person, rule, rule_version, severity, status, revision, historic, content, activation_at, known_at, changed_at, body,
                       stage, cost, currency)
                VALUES (gen_random_uuid(), gen_random_uuid(), $1, 1, 'high', $2, 1, false, gen_random_uuid(), $3::text::timestamptz, now(), now(), '{}',
                       $4, $5::text::numeric, $6)""", rule, status, at, stage, cost, currency));
    }

    @Test
    void aListOfValuesFindsWhatHasAnyOfThem() {
        findings(20, "10");
        assertThat(found(List.of("rule-0"), List.of("open", "resolved"))).isEqualTo(10);
        assertThat(found(List.of("rule-0", "rule-1"), List.of("open"))).isEqualTo(20);
        assertThat(found(List.of("rule-1", "rule-2"), List.of())).isEqualTo(10);
        assertThat(found(List.of("rule-1", "rule-0"), List.of("suspected", "resolved"))).isZero();
        assertThat(this.<Boolean>read(snapshot -> snapshot.hasFindingsOf("rule-1"))).isTrue();
        assertThat(this.<Boolean>read(snapshot -> snapshot.hasFindingsOf("rule-2"))).isFalse();

        touchpoints(5, "now() - interval '1 second'", 10);
        run("UPDATE touchpoint SET channel = 'c' || log_offset % 3, type = 't' || log_offset % 2");
        assertThat(shown(List.of(), List.of())).isEqualTo(5);
        assertThat(shown(List.of("c1", "c2"), List.of())).isEqualTo(4);
        assertThat(shown(List.of("c1", "c2", "c0"), List.of("t1"))).isEqualTo(3);
        assertThat(shown(List.of("c0"), List.of("t0"))).isZero();
    }

    private int found(List<String> rules, List<String> statuses) {
        var filter = new FindingFilter(rules, statuses, List.of(), null, null, null, null, null);
        int found = this.<Page<ListedFinding>>read(snapshot -> snapshot.findings(filter, FindingSort.KNOWN, null, Room.of(100))).items().size();
        assertThat(this.<Long>read(snapshot -> snapshot.countFindings(filter))).isEqualTo(found);
        return found;
    }

    private int shown(List<String> channels, List<String> types) {
        var filter = new TouchpointFilter(LATER, null, null, channels, types, null);
        return this.<Page<Touchpoint>>read(snapshot -> snapshot.touchpoints(ADA, filter, Room.of(100))).items().size();
    }

    @Test
    void eventsOfOneInstantThatAreLargerThanAPageAreReadInOrder() {
        touchpoints(40, "timestamptz '2026-03-02T12:00:00Z'", 250 * KIB);
        touchpoints(5, "timestamptz '2026-03-02T13:00:00Z' + i * interval '1 second'", 10);
        var all = this.<Touchpoint>all(last -> read(
                snapshot -> snapshot.touchpoints(ADA, after(last == null ? null : last.order()), Room.of(500))));
        assertThat(all.items()).hasSize(45).isSorted().doesNotHaveDuplicates();
        assertThat(all.sizes()).contains(4).allMatch(size -> size <= 9);
        assertThat(this.<Page<Touchpoint>>read(snapshot -> snapshot.touchpoints(ADA, after(null), new Room(3, KIB))).items()).hasSize(1);
    }

    @Test
    void sourcesAreReadInTheOrderOfTheirNames() {
        run("""
                INSERT INTO source (name, version, registered, types, delay, promised_at)
                SELECT 's' || i, 1, i % 7 > 0, array_fill(repeat('t', 200), ARRAY[30]), 0, 'epoch' FROM generate_series(1, 150) i""");
        run("""
                INSERT INTO source_heard (source, partition, recorded_by, heard)
                SELECT 's' || i, 0, 'epoch', 'epoch' FROM generate_series(1, 150) i""");
        var all = this.<SourceHealth>all(last -> read(snapshot -> snapshot.sources(last == null ? null : last.place(), Room.of(500))));
        assertThat(all.items()).extracting(SourceHealth::name).hasSize(150).doesNotHaveDuplicates();
        assertThat(all.items()).extracting(SourceHealth::registered).isSortedAccordingTo((one, other) -> Boolean.compare(other, one));
        assertThat(all.sizes()).hasSizeGreaterThan(2);
    }

    @Test
    void versionsOfARuleAreReadNewestFirstWithoutWhatTheySay() {
        run("""
                INSERT INTO rule_version (id, version, record, value, defined_by, defined_at)
                SELECT 'mine', i, 'r',
                       CASE WHEN i % 2 = 0 THEN '{"rule":{"activeFrom":"from ' || i || '","title":"\\u0000' || repeat('x', 60000) || '"}}' END,
                       'analyst', 'epoch' FROM generate_series(1, 100) i""");
        var all = this.<RuleVersionEntry>all(last -> read(
                snapshot -> snapshot.ruleVersions("mine", last == null ? null : last.version(), Room.of(30))));
        assertThat(all.items()).hasSize(100).isSortedAccordingTo((one, other) -> Long.compare(other.version(), one.version()));
        assertThat(all.items().getFirst().activeFrom()).isEqualTo("from 100");
        assertThat(all.items().getLast().removed()).isTrue();
        assertThat(all.sizes()).containsExactly(30, 30, 30, 10);
    }

    @Test
    void theDatabaseGivesUpAStatementThatTakesTooLong() {
        var impatient = new PostgresJourneys(database, "touchpoints", 1, Duration.ofMillis(1), Map::of);
        findings(20_000, "10");
        var failure = catchThrowable(() -> impatient.read(snapshot -> {
            for (int i = 0; i < 10_000; i++) {
                snapshot.countFindingsOf(ADA);
            }
            return null;
        }));
        assertThat(failure).isInstanceOf(DatabaseException.class).hasMessageContaining("statement timeout");
    }

    /// All pages of a list, each asked for with the last item before it.
    private <T> Read<T> all(Function<@Nullable T, Page<T>> list) {
        var items = new ArrayList<T>();
        var sizes = new ArrayList<Integer>();
        Page<T> page = null;
        while (page == null || page.more()) {
            page = list.apply(items.isEmpty() ? null : items.getLast());
            assertThat(page.items()).isNotEmpty();
            items.addAll(page.items());
            sizes.add(page.items().size());
        }
        return new Read<>(items, sizes);
    }

    private record Read<T>(List<T> items, List<Integer> sizes) {}

    private static long bytes(Page<Finding> page) {
        return page.items().stream().mapToLong(finding -> finding.body().length()).sum();
    }

    private static TouchpointFilter after(@Nullable OrderKey last) {
        return new TouchpointFilter(LATER, null, null, List.of(), List.of(), last);
    }

    private <T> T read(Function<Snapshot, T> question) {
        return journeys.read(question);
    }

    /// Several at each time, of two rules.
    ///
    /// @param size of the body of the finding `i`, in SQL
    private void findings(int number, String size) {
        run("""
                INSERT INTO finding (id, person, rule, rule_version, severity, status, verdict, revision, historic, content,
                       activation_at, known_at, changed_at, body)
                SELECT md5(i::text)::uuid, '%s', 'rule-' || i %% 2, 1, 'high', 'open', 'violated', 1, false, md5(i::text)::uuid,
                       timestamptz '2026-01-01T00:00:00Z' + (i / 5) * interval '1 second', now(), now(), '{"x":"' || repeat('x', %s) || '"}'
                  FROM generate_series(1, %d) i""".formatted(ADA.value(), size, number));
        run("ANALYZE finding");
    }

    private void touchpoints(int number, String time, int size) {
        run("""
                INSERT INTO touchpoint (token, event_key, content_hash, occurred_at, recorded_at, log_offset, log_partition, utc_offset,
                       namespace, source, id, type, data)
                SELECT '%s', gen_random_uuid(), gen_random_uuid(), %s, now(), i, 0, 0, 'customer', '/s' || i %% 3, 'id-' || i || '-%d', 't',
                       '"' || repeat('x', %d) || '"'
                  FROM generate_series(1, %d) i""".formatted(ADA.value(), time, size, size, number));
    }

    private void run(String sql) {
        database.inTransaction(session -> session.run(sql));
    }
}
