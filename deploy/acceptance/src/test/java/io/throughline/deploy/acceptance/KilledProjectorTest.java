package io.throughline.deploy.acceptance;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Gatherers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A projector is killed twenty times while it catches up. [CrashTest] does so with the whole stack, on every change, fewer times.
@InTheLongSet(fault = 2, what = "projector killed 20 times in a catch-up")
class KilledProjectorTest {
    private static final int EVENTS = 100_000;
    private static final int KILLS = 20;

    @RegisterExtension
    static final FaultTable TABLE = new FaultTable();

    @Test
    void killedAtRandomMomentsOfACatchUp() throws Exception {
        var fault = FaultTable.fault(KilledProjectorTest.class);
        var random = Seed.random(KilledProjectorTest.class);
        try (var log = TouchpointLog.recordedByTheBroker("killed", 6)) {
            var events = RandomEvents.of(random, EVENTS);
            events.addAll(RandomEvents.again(events, 0.1, 5, random));
            int portion = Math.ceilDiv(events.size(), KILLS + 1);
            var portions = events.stream().gather(Gatherers.windowFixed(portion)).toList();
            log.write(portions.getFirst());
            var projection = Projection.of(log.topic(), "killed");
            var begun = Instant.now();
            try (var projector = projection.start("projector", Map.of("THROUGHLINE_PROJECTOR_BATCH_SIZE", "200"))) {
                Phase.begins(KilledProjectorTest.class, "kills a projector %d times in a catch-up of %,d events", KILLS, events.size());
                for (int kill = 0; kill < KILLS; kill++) {
                    // However fast it is, more lies on the log than it is waited for; and each has projected something before it dies.
                    log.write(portions.get(kill + 1));
                    projection.awaitProgress(Math.max((long) kill * portion + random.nextInt(portion), projection.progress() + 1));
                    projector.kill();
                    projector.again();
                }
                var last = Instant.now();
                fault.load(projection.progress(), Duration.between(begun, last));
                var reached = projection.settle(projector.awaitReady());
                fault.recovered(last);
                var account = projection.audited();
                Projection.areSame(reached, Projection.of(log.topic(), "killed-undisturbed").undisturbed());
                fault.held(account);
            }
        }
    }
}
