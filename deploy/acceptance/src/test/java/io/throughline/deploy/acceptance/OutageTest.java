package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.throughline.deploy.stack.StackStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The broker is killed, and PostgreSQL crashes, while channels post through ingest. Nothing that was accepted is lost, nothing has two effects,
/// and the lag returns to zero by itself.
class OutageTest {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int BEFORE = 500;

    @RegisterExtension
    static final FaultTable TABLE = new FaultTable();

    private static Stack stack;

    @BeforeAll
    static void start() throws Exception {
        // A sender that waits for the broker is refused sooner.
        var settings = new HashMap<>(Stack.SHORT_LIVED);
        settings.put("THROUGHLINE_INGEST_LOG_DELIVERY_TIMEOUT", "PT3S");
        stack = Stack.whole("outage", settings);
    }

    @AfterAll
    static void end() {
        stack.close();
    }

    @Test
    void theBrokerIsKilledAndStartedAgain() throws Exception {
        var fault = FaultTable.fault(4, "broker killed");
        try (var channel = new PersistentChannel(stack, "broker")) {
            channel.awaitAccepted(BEFORE);
            Phase.begins(OutageTest.class, "kills the broker until a sender is refused");
            killBrokerUntilRefused(channel);
            assertThat(channel.refusalsWithoutRetryAfter()).as("answers 503 that do not say when to try again").isZero();
            await().atMost(LIMIT).until(OutageTest::brokerServes);
            holds(fault, channel, Instant.now());
        }
    }

    /// A broker that is back within the delivery timeout is waited for, and nobody is refused: it is killed again as soon as it is started,
    /// until somebody was.
    private static void killBrokerUntilRefused(PersistentChannel channel) {
        int before = channel.refusals();
        await().atMost(LIMIT).until(() -> {
            ProcessHandle.of(stack.member("kafka").pid()).ifPresent(ProcessHandle::destroyForcibly);
            return channel.refusals() > before;
        });
    }

    /// The process is looked for too: the supervisor needs a moment to see that one has died.
    private static boolean brokerServes() {
        var broker = stack.member("kafka");
        return broker.state() == State.READY && ProcessHandle.of(broker.pid()).isPresent();
    }

    @Test
    void postgresCrashesAndIsStartedAgain() throws Exception {
        var fault = FaultTable.fault(5, "PostgreSQL stopped at once");
        try (var channel = new PersistentChannel(stack, "database")) {
            channel.awaitAccepted(BEFORE);
            var postgres = stack.member("postgres");
            Phase.begins(OutageTest.class, "stops PostgreSQL at once");
            Signal.QUIT.to(postgres.pid());
            await().atMost(LIMIT).until(() -> stack.member("postgres").restarts() > postgres.restarts());
            channel.awaitAccepted(channel.accepted().size() + BEFORE);
            holds(fault, channel, Instant.now());
        }
    }

    private static void holds(FaultTable.Fault fault, PersistentChannel channel, Instant ended) throws Exception {
        channel.awaitAccepted(channel.accepted().size() + BEFORE);
        channel.close();
        fault.load(channel.accepted().size(), channel.lasted());
        Ledger.isBalanced(stack.settled());
        fault.recovered(ended);
        var database = stack.database();
        var account = LogAudit.of(stack.broker(), "touchpoints", database);
        assertThat(Set.copyOf(database.rows("SELECT id FROM g1.touchpoint"))).as("what was accepted").containsAll(channel.accepted());
        Phase.begins(OutageTest.class, "projects the log a second time, undisturbed");
        Projection.areSame(Projection.settle(stack.as("operator"), database), undisturbed());
        fault.held(account);
    }

    /// The same log in another database of the shared server, by a projector that nobody disturbs.
    private static Projection.Reached undisturbed() throws Exception {
        var name = "outage-" + System.nanoTime();
        var settings = new HashMap<>(stack.broker().environment());
        settings.put("THROUGHLINE_PROJECTOR_DEFINITIONS_TOPIC", "definitions");
        return Projection.of("touchpoints", name).undisturbed(settings);
    }
}
