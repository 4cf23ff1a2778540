package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A million events wait for a projector with a heap of 256 MiB, which ends itself when that is not enough.
@InTheLongSet(fault = 8, what = "a million events, heap of 256 MiB")
class BacklogTest {
    private static final int EVENTS = 1_000_000;
    private static final int PORTION = 10_000;
    /// The table grows, and with it what a row costs.
    private static final double STEADY = 0.5;

    @RegisterExtension
    static final FaultTable TABLE = new FaultTable();

    @Test
    void itIsCaughtUpInBoundedMemoryAtASteadyRate() throws Exception {
        var fault = FaultTable.fault(BacklogTest.class);
        var random = Seed.random(BacklogTest.class);
        Phase.begins(BacklogTest.class, "writes %,d events to the log", EVENTS);
        try (var log = TouchpointLog.recordedByTheBroker("backlog", 6)) {
            var events = RandomEvents.stream(random, EVENTS).iterator();
            for (int written = 1; events.hasNext(); written++) {
                log.write(events.next());
                if (written % PORTION == 0) {
                    log.flush();
                }
            }
            log.flush();
            var projection = Projection.of(log.topic(), "backlog");
            try (var projector = projection.start("projector", ProjectorProcess.COMPILED_WELL)) {
                // Not when it is ready: it has begun by then.
                projection.awaitProgress(1);
                var begun = Instant.now();
                var rates = new ArrayList<Long>();
                for (int quarter = 1; quarter <= 4; quarter++) {
                    Phase.begins(BacklogTest.class, "quarter %d of the backlog", quarter);
                    rates.add(rateUntil((long) EVENTS / 4 * quarter, projection));
                }
                fault.load(EVENTS, Duration.between(begun, Instant.now()));
                projection.awaitCaughtUp(projector.awaitReady());
                fault.recovered(begun);
                assertThat(projector.alive()).isTrue();
                System.out.printf("BacklogTest: events/s in each quarter %s; heap used now %.0f MiB%n", rates,
                        projector.metric("jvm_memory_used_bytes") / (1 << 20));
                assertThat((double) rates.getLast() / rates.getFirst()).as("rate of the last quarter beside the first").isGreaterThan(STEADY);
                fault.held(projection.audited());
            }
        }
    }

    /// Events a second from now on.
    private static long rateUntil(long records, Projection projection) {
        long before = projection.progress();
        long from = System.nanoTime();
        projection.awaitProgress(records);
        return Math.round((projection.progress() - before) * 1e9 / (System.nanoTime() - from));
    }
}
