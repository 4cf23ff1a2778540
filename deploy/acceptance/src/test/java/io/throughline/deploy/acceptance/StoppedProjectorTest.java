package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A projector that is stopped (`SIGSTOP`) past its session loses its partitions to another; when it wakes it writes nothing and works on.
/// One that is stopped while it holds locks holds them no longer than the database lets it.
class StoppedProjectorTest {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int EVENTS = 200_000;
    private static final int PER_SECOND = 500;
    private static final String EPOCHS = "SELECT sum(epoch) FROM g1.checkpoint";
    private static final String FENCED = "throughline_projector_fenced_total";

    @RegisterExtension
    static final FaultTable TABLE = new FaultTable();

    @Test
    void theOneThatWakesIsFencedAndRecovers() throws Exception {
        var fault = FaultTable.fault(3, "projector stopped, another takes over")
                .unless(HeldConnections.obstacle(Servers.shared().database()));
        var random = Seed.random(StoppedProjectorTest.class);
        Phase.begins(StoppedProjectorTest.class, "stops a projector past its session");
        try (var log = TouchpointLog.recordedByTheBroker("stopped", 6);
                var first = Projection.of(log.topic(), "stopped").start("first", Map.of("THROUGHLINE_PROJECTOR_BATCH_SIZE", "100")).awaitReady()) {
            var projection = new Projection("stopped", log.topic(), Servers.shared().database().on("stopped"));
            try (var load = Load.begin(RandomEvents.of(random, EVENTS), log, PER_SECOND); var held = holdOnceItProjects(projection)) {
                // Time enough to read what came in meanwhile, and to wait for the database with it.
                load.awaitWritten(load.written() + PER_SECOND);
                first.stop();
                long epochs = projection.database().number(EPOCHS);
                try (var second = projection.start("second", Map.of()).awaitReady()) {
                    await().atMost(LIMIT).until(() -> projection.database().number(EPOCHS) >= epochs + 6);
                    long taken = projection.progress();
                    projection.awaitProgress(taken + PER_SECOND);
                    assertThat(first.alive()).isTrue();
                    held.goOn();
                    first.wake();
                    var woken = Instant.now();
                    await().atMost(LIMIT).ignoreExceptionsMatching(Stack::isOutage).until(() -> first.metric(FENCED) >= 1);
                    fault.load(load.end(), load.lasted());
                    projection.awaitCaughtUp(second);
                    fault.recovered(woken);
                }
                // The second is gone: what comes now is the first one's to project.
                log.write(RandomEvents.again(RandomEvents.of(random, 100), 1.1, 1, random));
                var reached = projection.settle(first);
                var account = projection.audited();
                Projection.areSame(reached, Projection.of(log.topic(), "stopped-undisturbed").undisturbed());
                fault.held(account);
            }
        }
    }

    @Test
    void anEvaluatorStoppedInItsTransactionLetsGo() throws Exception {
        var random = Seed.random(StoppedProjectorTest.class);
        Phase.begins(StoppedProjectorTest.class, "stops a projector in a transaction");
        try (var log = TouchpointLog.recordedByTheBroker("locks", 2)) {
            var projection = Projection.of(log.topic(), "locks");
            try (var first = projection.start("first", Map.of()).awaitReady()) {
                projection.awaitCaughtUp(first);
                try (var lock = projection.database().lock("g1.verdict")) {
                    // The evaluators have locked the persons and taken their marks, and wait for the verdicts.
                    log.write(RandomEvents.of(random, 500));
                    await().atMost(LIMIT).until(() -> lock.waiters() >= 1);
                    first.stop();
                }
                assertThat(projection.database().number("SELECT count(*) FROM g1.person WHERE events > 0")).isZero();
                try (var second = projection.start("second", Map.of()).awaitReady()) {
                    var reached = projection.settle(second);
                    projection.audited();
                    Projection.areSame(reached, Projection.of(log.topic(), "locks-undisturbed").undisturbed());
                } finally {
                    first.wake();
                }
            }
        }
    }

    private static HeldConnections holdOnceItProjects(Projection projection) throws SQLException {
        projection.awaitProgress(PER_SECOND);
        return HeldConnections.betweenTransactions(projection.database());
    }
}
