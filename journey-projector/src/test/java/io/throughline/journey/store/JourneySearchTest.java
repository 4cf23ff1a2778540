package io.throughline.journey.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.Token;
import io.throughline.journey.digest.PersonDigest;
import io.throughline.journey.outline.Outline;
import io.throughline.journey.project.Evaluations.Judged;
import io.throughline.journey.project.Share;
import io.throughline.journey.query.FoundJourney;
import io.throughline.journey.query.JourneyFilter;
import io.throughline.journey.query.Page;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Journeys are found by what they are made of and what was found in them: exactly those, page by page, from indexes.
class JourneySearchTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final int PERSONS = 40;
    private static final int HOURS = 60;

    private record Touch(int person, String type, @Nullable String channel, String source, Instant at) {}

    private record Found(int person, FindingId id, String rule, String status, String severity, @Nullable String stage) {}

    private final List<Touch> touches = new ArrayList<>();
    private final List<Found> findings = new ArrayList<>();
    private Database database;
    private PostgresEvaluations evaluations;
    private PostgresJourneys journeys;

    @BeforeEach
    void open() throws Exception {
        database = DATABASE.create();
        new PostgresProjectionStore(database, "touchpoints").register(1);
        evaluations = new PostgresEvaluations(database, "touchpoints", Share.usual(0, 1));
        journeys = new PostgresJourneys(database, "touchpoints", 1, Duration.ofMinutes(1), Map::of);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void findsWhatLookingAtEveryEventAndFindingFinds() {
        long seed = Seeds.some(1).findFirst().orElseThrow();
        System.out.println("JourneySearchTest: -Dseed=" + seed);
        var random = new Random(seed);
        IntStream.range(0, 200).forEach(_ -> touch(random));
        IntStream.range(0, 60).forEach(_ -> find(random));
        evaluate();
        IntStream.range(0, 100).forEach(_ -> touch(random)); // and again, when there is something already
        evaluate();
        int found = 0;
        for (int i = 0; i < 300; i++) {
            var filter = filter(random);
            var expected = naively(filter);
            assertThat(all(filter, 1 + random.nextInt(9), () -> { }).stream().map(FoundJourney::person)).as("%s", filter).containsExactlyElementsOf(expected);
            assertThat(journeys.<Long>read(snapshot -> snapshot.count(filter, 10))).isEqualTo(Math.min(10, expected.size()));
            found += expected.size();
        }
        assertThat(found).as("not all searches in vain").isGreaterThan(300);
    }

    @Test
    void aPageSaysOfEachJourneyWhatItsLastEvaluationSaw() {
        touch(1, "a", "web", "/s", BEGIN.plusSeconds(60));
        touch(1, "b", null, "/s", BEGIN);
        evaluate();
        assertThat(all(JourneyFilter.ANY, 10, () -> { })).containsExactly(new FoundJourney(person(1), BEGIN, BEGIN.plusSeconds(60), 2, 0, null));
    }

    @Test
    void pagesSkipAndRepeatNobodyWhileJourneysGoOnAndOthersBegin() {
        var random = new Random(1);
        IntStream.range(0, PERSONS).forEach(person -> touch(person, "a", "web", "/s", BEGIN));
        evaluate();
        var found = all(filter(null, null, null, null, null, "web", "a", null, null, null), 3, () -> {
            touch(random.nextInt(PERSONS), "a", "web", "/s", BEGIN.plusSeconds(random.nextInt(1_000)));
            touch(PERSONS + random.nextInt(PERSONS), "b", "web", "/s", BEGIN);
            evaluate();
        });
        assertThat(found.stream().map(FoundJourney::person)).doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, PERSONS).mapToObj(JourneySearchTest::person).toList());
    }

    /// A million journeys, or a fiftieth of them in the usual run: the planner decides by shares, and a table of a few pages would be read whole.
    @Test
    void searchesAndCountsAreAnsweredFromIndexes() {
        int persons = Boolean.getBoolean("long") ? 1_000_000 : 20_000;
        run("INSERT INTO touchpoint_kind SELECT md5('k' || i)::uuid, 'type-' || i % 40, 'channel-' || i % 8, '/source-' || i % 20 FROM generate_series(0, 99) i");
        int portion = 20_000; // within the time of one statement
        for (int from = 1; from <= persons; from += portion) {
            many(persons, from, from + portion - 1);
        }
        for (var table : List.of("touchpoint_kind", "person", "journey_part", "finding")) {
            database.outsideTransaction(session -> session.run("VACUUM ANALYZE " + table));
        }
        var day = Instant.parse("2025-06-01T00:00:00Z");
        var filters = List.of(
                JourneyFilter.ANY,
                filter(FindingId.parse("0".repeat(32)), null, null, null, null, null, null, null, null, null),
                filter(null, "rule-3", null, null, null, null, null, null, null, null),
                filter(null, "rule-99", null, null, null, null, null, null, null, null),
                filter(null, "rule-3", "withdrawn", "high", "stage-3", null, null, null, null, null),
                filter(null, null, "open", null, null, null, null, null, null, null),
                filter(null, null, null, "high", null, null, null, null, null, null),
                filter(null, null, null, null, "stage-2", null, null, null, null, null),
                filter(null, null, null, null, null, "channel-3", null, null, null, null),
                filter(null, null, null, null, null, null, "type-19", null, null, null),
                filter(null, null, null, null, null, null, null, "/source-4", null, null),
                filter(null, "rule-3", null, null, null, "channel-3", null, null, day, null),
                filter(null, null, null, null, null, null, null, null, day, day.plusSeconds(3_600)),
                new JourneyFilter(null, List.of("rule-3", "rule-99"), List.of("open", "resolved"), List.of(), null, List.of(), List.of(), null, null, null),
                new JourneyFilter(null, List.of(), List.of(), List.of(), null, List.of("channel-3", "channel-4"), List.of("type-19", "type-20"), null, null, null));
        for (var filter : filters) {
            for (var after : new Token[] {null, new Token(new UUID(0x7fff_ffff_ffff_ffffL, 0))}) {
                var plan = database.inSnapshot(session -> new JourneySearch(session, filter, after).plan(100));
                assertThat(plan).as("%s%n%s", filter, String.join("\n", plan))
                        .noneMatch(line -> line.contains("Seq Scan") && !line.contains("touchpoint_kind"));
                long began = System.nanoTime();
                journeys.<Page<FoundJourney>>read(snapshot -> snapshot.find(filter, after, 100));
                if (after == null) {
                    System.out.printf("%6.1f ms for a page of %s%n", (System.nanoTime() - began) / 1e6, filter);
                }
            }
        }
    }

    /// The persons of these numbers, with parts and findings.
    private void many(int persons, int from, int to) {
        run("""
                INSERT INTO person (id, events, evaluated_at, first_at, last_at)
                SELECT md5('p' || i)::uuid, 5, now(), t, t + interval '3 days'
                  FROM (SELECT i, timestamptz '2025-01-01Z' + i * (interval '400 days' / %d) AS t FROM generate_series(%d, %d) i) p""".formatted(persons, from, to));
        // One kind in twenty is a hundred times as rare as the others.
        run("""
                INSERT INTO journey_part (person, kind, touchpoints, first_at, last_at)
                SELECT md5('p' || i)::uuid, md5('k' || CASE WHEN j = 0 AND i %% 100 = 0 THEN 19 ELSE (i * 7 + j * 13) %% 95 END)::uuid, 1, t, t + interval '1 day'
                  FROM (SELECT i, timestamptz '2025-01-01Z' + i * (interval '400 days' / %d) AS t FROM generate_series(%d, %d) i) p, generate_series(0, 3) j
                ON CONFLICT DO NOTHING""".formatted(persons, from, to));
        run("""
                INSERT INTO finding (id, person, rule, rule_version, severity, stage, status, revision, historic, content, activation_at, known_at, changed_at, body)
                SELECT md5('f' || i)::uuid, md5('p' || i)::uuid, 'rule-' || CASE WHEN i %% 5000 = 0 THEN 99 ELSE i %% 20 END, 1,
                       (ARRAY['low', 'medium', 'high'])[1 + i %% 3], 'stage-' || i %% 5, (ARRAY['open', 'open', 'resolved', 'withdrawn'])[1 + i %% 4], 1, false,
                       md5('f' || i)::uuid, timestamptz '2025-01-01Z' + i * (interval '400 days' / %d), now(), now(), '{"x":"' || repeat('x', 600) || '"}'
                  FROM generate_series(%d, %d) i""".formatted(persons, from, to));
    }

    private void touch(Random random) {
        touch(random.nextInt(PERSONS), "type-" + random.nextInt(3), pick(random, null, "web", "phone"), "/source-" + random.nextInt(2), moment(random));
    }

    private void touch(int person, String type, @Nullable String channel, String source, Instant at) {
        touches.add(new Touch(person, type, channel, source, at));
        database.inTransaction(session -> session.run("""
                INSERT INTO touchpoint (token, event_key, content_hash, occurred_at, recorded_at, log_offset, log_partition, utc_offset,
                       namespace, source, id, type, channel, data)
                VALUES ($1, gen_random_uuid(), gen_random_uuid(), $2, now(), 0, 0, 0, 'customer', $3, gen_random_uuid()::text, $4, $5, '{}')""",
                person(person).value(), Session.time(at), source, type, channel));
    }

    private void find(Random random) {
        var found = new Found(random.nextInt(PERSONS), new FindingId(new UUID(random.nextLong(), random.nextLong())), "rule-" + random.nextInt(3),
                pick(random, "open", "resolved"), pick(random, "low", "high"), pick(random, null, "delivery"));
        findings.add(found);
        database.inTransaction(session -> session.run("""
                INSERT INTO finding (id, person, rule, rule_version, severity, stage, status, revision, historic, content, activation_at, known_at, changed_at, body)
                VALUES ($1, $2, $3, 1, $4, $5, $6, 1, false, $1, now(), now(), now(), '{}')""",
                found.id().value(), person(found.person()).value(), found.rule(), found.severity(), found.stage(), found.status()));
    }

    /// As the evaluator does it, without rules.
    private void evaluate() {
        var persons = touches.stream().map(Touch::person).distinct().map(JourneySearchTest::person).toList();
        evaluations.inTransaction(steps -> {
            steps.lock(persons);
            var outlines = new HashMap<Token, Outline.Builder>();
            steps.load(persons, touchpoint -> outlines.computeIfAbsent(touchpoint.token(), _ -> new Outline.Builder()).add(touchpoint));
            var judged = new HashMap<Token, Judged>();
            outlines.forEach((person, outline) -> {
                long events = touches.stream().filter(touch -> person(touch.person()).equals(person)).count();
                var digest = new PersonDigest.Builder().finish();
                judged.put(person, new Judged(null, Map.of(), new PersonDigest(events, digest.journey(), digest.verdicts()), outline.finish(), 0, List.of(), null));
            });
            steps.write(BEGIN, judged);
            return null;
        });
    }

    private JourneyFilter filter(Random random) {
        var from = random.nextInt(3) == 0 ? moment(random) : null;
        return new JourneyFilter(
                random.nextInt(12) == 0 ? findings.get(random.nextInt(findings.size())).id() : null,
                some(random, "rule-0", "rule-1", "rule-9"), some(random, "open", "resolved"), some(random, "high", "low"), pick(random, null, null, null, "delivery"),
                some(random, "web", "phone"), some(random, "type-0", "type-1", "type-2"), pick(random, null, null, "/source-1"),
                from, random.nextInt(3) == 0 ? from == null ? moment(random) : from.plus(Duration.ofHours(1 + random.nextInt(8))) : null);
    }

    private List<Token> naively(JourneyFilter filter) {
        return touches.stream().map(Touch::person).distinct()
                .filter(person -> touches.stream().anyMatch(touch -> touch.person() == person
                        && isAnyOf(filter.types(), touch.type()) && isAnyOf(filter.channels(), touch.channel()) && allows(filter.source(), touch.source())
                        && (filter.from() == null || !touch.at().isBefore(filter.from())) && (filter.to() == null || touch.at().isBefore(filter.to()))))
                .filter(person -> !filter.isAboutFindings() || findings.stream().anyMatch(found -> found.person() == person
                        && (filter.finding() == null || filter.finding().equals(found.id())) && isAnyOf(filter.rules(), found.rule())
                        && isAnyOf(filter.statuses(), found.status()) && isAnyOf(filter.severities(), found.severity()) && allows(filter.stage(), found.stage())))
                .map(JourneySearchTest::person).sorted().toList();
    }

    private static boolean isAnyOf(List<String> asked, @Nullable String actual) {
        return asked.isEmpty() || actual != null && asked.contains(actual);
    }

    private static boolean allows(@Nullable String asked, @Nullable String actual) {
        return asked == null || Objects.equals(asked, actual);
    }

    private List<FoundJourney> all(JourneyFilter filter, int limit, Runnable betweenPages) {
        var found = new ArrayList<FoundJourney>();
        for (boolean more = true; more;) {
            var after = found.isEmpty() ? null : found.getLast().person();
            var page = journeys.<Page<FoundJourney>>read(snapshot -> snapshot.find(filter, after, limit));
            found.addAll(page.items());
            more = page.more();
            betweenPages.run();
        }
        return found;
    }

    /// With one value at most of each.
    private static JourneyFilter filter(
            @Nullable FindingId finding, @Nullable String rule, @Nullable String status, @Nullable String severity, @Nullable String stage,
            @Nullable String channel, @Nullable String type, @Nullable String source, @Nullable Instant from, @Nullable Instant to) {
        return new JourneyFilter(finding, list(rule), list(status), list(severity), stage, list(channel), list(type), source, from, to);
    }

    private static List<String> list(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }

    /// None, one or several of them; mostly none.
    private static List<String> some(Random random, String... words) {
        return random.nextInt(3) > 0 ? List.of() : Arrays.asList(words).subList(0, 1 + random.nextInt(words.length));
    }

    private static @Nullable String pick(Random random, @Nullable String... words) {
        return words[random.nextInt(words.length)];
    }

    private static Instant moment(Random random) {
        return BEGIN.plus(Duration.ofHours(random.nextInt(HOURS)));
    }

    /// Positive, so that both Java and PostgreSQL put them in the order of their numbers.
    private static Token person(int number) {
        return new Token(new UUID(number, 7));
    }

    private void run(String sql) {
        database.inTransaction(session -> session.run(sql));
    }
}
