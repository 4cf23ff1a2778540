package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same event set, with duplicates and conflicts, in many orders, batch sizes and numbers of partitions, by a projector that is killed
/// at random moments: each time the same digests and the same findings.
///
/// Where contents conflict, records carry the same time, as the promise asks.
class SameEventsSameDigestTest {
    private static final int EVENTS = 1_500;
    private static final Instant RECORDED = Instant.parse("2026-09-01T00:00:00Z");

    private static List<ObjectNode> deliveries;
    private static List<Arrangement> arrangements;
    private static Projection.Reached expected;

    /// How one round of the test arranges things.
    ///
    /// @param moments progress at which the projector is killed
    record Arrangement(int number, long seed, int partitions, int batchSize, List<Integer> moments) {
        static Arrangement random(int number, Random random) {
            // As many small batches as large ones.
            int batchSize = (int) Math.round(Math.pow(5_000, random.nextDouble()));
            var moments = random.ints(1 + random.nextInt(2), 0, EVENTS).sorted().boxed().toList();
            return new Arrangement(number, random.nextLong(), 1 + random.nextInt(12), batchSize, moments);
        }
    }

    @BeforeAll
    static void projectInOrder() throws Exception {
        var random = Seed.random(SameEventsSameDigestTest.class);
        deliveries = new ArrayList<>(RandomEvents.of(random, EVENTS));
        deliveries.addAll(RandomEvents.again(deliveries, 0.3, 3, random));
        arrangements = IntStream.range(0, Effort.of(3, 50)).mapToObj(number -> Arrangement.random(number, random)).toList();
        try (var log = TouchpointLog.recordedByTheWriter("order-none", 1)) {
            deliveries.forEach(event -> log.write(event, RECORDED));
            log.flush();
            expected = Projection.of(log.topic(), "order-none").undisturbed();
        }
        assertThat(expected.findings()).hasSizeGreaterThan(100);
        assertThat(expected.touchpoints()).isEqualTo(EVENTS);
    }

    static List<Arrangement> arrangements() {
        return arrangements;
    }

    @Test
    void theSetHasConflicts() throws Exception {
        assertThat(Servers.shared().database().on("order-none").number("SELECT sum(conflicts) FROM g1.checkpoint")).isPositive();
    }

    @ParameterizedTest
    @MethodSource("arrangements")
    void anyArrangementReachesTheSame(Arrangement arrangement) throws Exception {
        var shuffled = new ArrayList<>(deliveries);
        Collections.shuffle(shuffled, new Random(arrangement.seed));
        var name = "order-" + arrangement.number;
        Phase.begins(SameEventsSameDigestTest.class, "arrangement %d of %d: %d partitions, batches of %d, killed %d times",
                arrangement.number + 1, arrangements.size(), arrangement.partitions, arrangement.batchSize, arrangement.moments.size());
        try (var log = TouchpointLog.recordedByTheWriter(name, arrangement.partitions)) {
            var projection = Projection.of(name, name);
            var settings = Map.of("THROUGHLINE_PROJECTOR_BATCH_SIZE", Integer.toString(arrangement.batchSize));
            try (var projector = projection.start("killed", settings)) {
                int written = 0;
                for (int moment : arrangement.moments) {
                    // Half of what it will have when it dies is there before; the other half comes in meanwhile.
                    written = write(shuffled, written, moment + 1 + arrangement.batchSize / 2, log);
                    projection.awaitProgress(Math.min(moment, written));
                    projector.kill();
                    projector.again();
                }
                write(shuffled, written, shuffled.size(), log);
                Projection.areSame(projection.settle(projector.awaitReady()), expected);
            }
            projection.audited();
        }
    }

    private static int write(List<ObjectNode> events, int from, int to, TouchpointLog log) {
        int end = Math.clamp(to, from, events.size());
        events.subList(from, end).forEach(event -> log.write(event, RECORDED));
        log.flush();
        return end;
    }
}
