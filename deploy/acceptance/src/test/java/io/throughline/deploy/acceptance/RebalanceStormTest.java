package io.throughline.deploy.acceptance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Projectors join and leave without rest while events come in, in order or by `SIGKILL`.
class RebalanceStormTest {
    private static final int PER_SECOND = 500;
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    @RegisterExtension
    static final FaultTable TABLE = new FaultTable();

    @Test
    void projectorsJoinAndLeaveEveryTwoSeconds() throws Exception {
        var fault = FaultTable.fault(9, "rebalance storm");
        var random = Seed.random(RebalanceStormTest.class);
        int storms = Effort.of(6, 60);
        var events = RandomEvents.of(random, storms * 20 * PER_SECOND);
        Phase.begins(RebalanceStormTest.class, "has projectors join or leave %d times, every %d s", storms, BETWEEN.toSeconds());
        try (var log = TouchpointLog.recordedByTheBroker("storm", 12)) {
            var projection = Projection.of(log.topic(), "storm");
            try (var steady = projection.start("steady", Map.of()).awaitReady();
                    var one = projection.start("one", Map.of()); var other = projection.start("other", Map.of());
                    var load = Load.begin(events, log, PER_SECOND)) {
                var guests = List.of(one, other);
                for (int storm = 0; storm < storms; storm++) {
                    // The pace of the storm is the fault; nothing is expected to have happened by its end.
                    LockSupport.parkNanos(BETWEEN.toNanos());
                    joinOrLeave(guests.get(storm % 2), random.nextBoolean());
                }
                var calm = Instant.now();
                fault.load(load.end(), load.lasted());
                var reached = projection.settle(steady);
                fault.recovered(calm);
                var account = projection.audited();
                Projection.areSame(reached, Projection.of(log.topic(), "storm-undisturbed").undisturbed());
                fault.held(account);
            }
        }
    }

    private static void joinOrLeave(ProjectorProcess guest, boolean inOrder) throws Exception {
        if (!guest.alive()) {
            guest.again();
        } else if (inOrder) {
            guest.end();
        } else {
            guest.kill();
        }
    }
}
