package io.throughline.journey.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.Attributes;
import io.throughline.events.ContentHash;
import io.throughline.events.Envelope;
import io.throughline.events.Subject;
import io.throughline.journey.Position;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.query.FindingFilter;
import io.throughline.journey.query.FindingSort;
import io.throughline.journey.query.Room;
import io.throughline.journey.query.Settled;
import io.throughline.journey.rule.Rulebook;
import io.throughline.journey.rule.file.RuleFiles;
import io.throughline.journey.rulebook.Rules;
import io.throughline.journey.store.Database;
import io.throughline.journey.store.PostgresEvaluations;
import io.throughline.journey.store.PostgresJourneys;
import io.throughline.journey.store.PostgresProjectionStore;
import io.throughline.journey.store.PostgresSettling;
import io.throughline.journey.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The promise that everything rests on: the same event set gives the same journeys, verdicts and findings, in whatever order it comes,
/// in whatever batches, over however many partitions, evaluated whenever, with duplicates and conflicts among it.
///
/// On a real PostgreSQL, through the same classes as live. `-Dseed=N` replays one case.
class SameEventsSameDigestTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Rulebook RULEBOOK = RuleFiles.shipped();
    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
    private static final Instant RECORDED = Instant.parse("2026-09-01T00:00:00Z");
    private static final List<String> TYPES = List.of("address-changed.v1", "address-propagated.v1", "card-dispatched.v1", "card-delivered.v1",
            "promise-made.v1", "promise-kept.v1", "lead-created.v1", "rep-contacted.v1", "page-viewed.v1");

    private record Reached(Object journeys, Object verdicts, long persons, long touchpoints, TreeSet<String> told) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSameEventsGiveTheSameDigests(long seed) throws Exception {
        var random = new Random(seed);
        var deliveries = IntStream.range(0, 400).mapToObj(_ -> Delivery.random(random)).toList();
        var first = reach(deliveries, 1, random);
        for (int arrangement = 0; arrangement < 3; arrangement++) {
            var shuffled = new ArrayList<>(deliveries);
            Collections.shuffle(shuffled, random);
            assertThat(reach(shuffled, 1 + random.nextInt(12), random)).as("seed %d", seed).isEqualTo(first);
        }
        assertThat(first.touchpoints()).isPositive();
        assertThat(first.told()).isNotEmpty();
    }

    static LongStream seeds() {
        return Long.getLong("seed") instanceof Long given ? LongStream.of(given) : new Random().longs(Integer.getInteger("seeds", 3));
    }

    /// Projects and evaluates in turns, at random; then settles.
    private static Reached reach(List<Delivery> deliveries, int partitions, Random random) throws Exception {
        try (Database database = DATABASE.create()) {
            var store = new PostgresProjectionStore(database, "touchpoints");
            store.register(partitions);
            var worker = new EvaluationWorker(new PostgresEvaluations(database, "touchpoints", Share.usual(0, 1)), false, Rules.always(RULEBOOK),
                    new Reconciliation(Duration.ofDays(30)), InstantSource.system(), () -> 0, () -> {});
            var owned = new ArrayList<>(store.take(IntStream.range(0, partitions).boxed().toList()));
            var offsets = new long[partitions];
            for (int start = 0; start < deliveries.size(); ) {
                int end = Math.min(deliveries.size(), start + 1 + random.nextInt(90));
                project(store, owned, offsets, deliveries.subList(start, end));
                start = end;
                if (random.nextBoolean()) {
                    worker.evaluateNext();
                }
            }
            project(store, owned, offsets, List.of());
            while (worker.evaluateNext() > 0) {
                // until nobody waits
            }
            return reached(new PostgresSettling(database, 1, () -> {}).settle(Duration.ofMinutes(2)), database);
        }
    }

    private static Reached reached(Settled settled, Database database) {
        var told = new TreeSet<String>();
        new PostgresJourneys(database, "touchpoints", 1, Duration.ofMinutes(1), Map::of).read(snapshot -> {
            snapshot.findings(FindingFilter.ANY, FindingSort.KNOWN, null, new Room(10_000, Long.MAX_VALUE)).items().stream().map(listed -> listed.finding())
                    .filter(finding -> finding.verdict() != null) // what was withdrawn depends on what was told before
                    .forEach(finding -> told.add(finding.id() + " " + finding.person() + " " + finding.status() + " " + finding.verdict() + " "
                            + finding.content()));
            return null;
        });
        return new Reached(settled.journeys(), settled.verdicts(), settled.persons(), settled.touchpoints(), told);
    }

    private static void project(PostgresProjectionStore store, List<Checkpoint> owned, long[] offsets, List<Delivery> deliveries) {
        var records = new ArrayList<Decoded>();
        for (var delivery : deliveries) {
            int partition = Math.floorMod(delivery.person(), offsets.length);
            records.add(delivery.at(new Position("touchpoints", partition, offsets[partition]++)));
        }
        var through = RECORDED.plus(Duration.ofDays(1));
        var advances = owned.stream().map(checkpoint -> new Advance(checkpoint.partition(), checkpoint.next(),
                offsets[checkpoint.partition()], checkpoint.epoch(), offsets[checkpoint.partition()], RECORDED, through)).toList();
        store.project(advances, BatchPlan.of(records));
        owned.replaceAll(checkpoint -> checkpoint.after(advances.stream()
                .filter(advance -> advance.partition() == checkpoint.partition()).findFirst().orElseThrow()));
    }

    /// Of few persons, ids, versions and contents, so that duplicates and conflicts are many.
    private record Delivery(int person, String id, String type, int version, long minutes) {

        static Delivery random(Random random) {
            int event = random.nextInt(250);
            var own = new Random(event); // what an event says follows from its id, but for one time in ten
            var contents = random.nextInt(10) == 0 ? random : own;
            return new Delivery(event % 7, "e-" + event, TYPES.get(event % TYPES.size()), contents.nextInt(3), contents.nextInt(60 * 24 * 40));
        }

        Decoded.Event at(Position position) {
            var occurred = START.plus(Duration.ofMinutes(minutes));
            var attributes = Attributes.of(type.equals("address-propagated.v1") ? "/systems/card-dispatch" : "/channels/web", id, type,
                    OffsetDateTime.ofInstant(occurred, ZoneOffset.UTC));
            var data = """
                    {"addressId":"home","kind":"postal","version":%d,"address":{"city":"c%d"},\
                    "cardId":"k%d","promiseId":"p%d","due":"%s","leadId":"l%d","what":"call"}"""
                    .formatted(version, version, version, version, occurred.plus(Duration.ofHours(version)), version);
            var hash = new ContentHash(new UUID(version, minutes));
            return new Decoded.Event(position, RECORDED, new Envelope(attributes, new Subject.Person(Deliveries.person(person), "customer"), hash), data);
        }
    }
}
