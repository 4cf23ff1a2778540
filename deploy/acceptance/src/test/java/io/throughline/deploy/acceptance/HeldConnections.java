package io.throughline.deploy.acceptance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The database's ends of a projector's connections, each stopped while it is in no transaction: what the projector has read it keeps in
/// hand, and the first that it says when they go on is its fence.
record HeldConnections(List<Long> backends) implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String BACKENDS = "SELECT pid FROM pg_stat_activity WHERE application_name = 'journey-projector' AND datname = current_database()";
    private static final String CHECKPOINTER = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'";

    /// Why it cannot be done: the database's processes are out of sight, in a container or on another machine.
    static Optional<String> obstacle(Database database) throws SQLException {
        return title(database.number(CHECKPOINTER)).startsWith("postgres:") ? Optional.empty()
                : Optional.of("needs PostgreSQL's processes, which are out of sight in a container");
    }

    static HeldConnections betweenTransactions(Database database) throws SQLException {
        var held = new HeldConnections(database.rows(BACKENDS).stream().map(Long::valueOf).toList());
        try {
            held.backends.forEach(backend -> await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> holdIdle(backend)));
            return held;
        } catch (RuntimeException neverIdle) {
            held.goOn();
            throw neverIdle;
        }
    }

    private static boolean holdIdle(long backend) {
        Signal.STOP.to(backend);
        // Not asked of the database: one that is stopped in the middle of something may hold what the answer needs.
        boolean idle = title(backend).endsWith(") idle");
        if (!idle) {
            Signal.CONT.to(backend);
        }
        return idle;
    }

    /// As `ps` shows it: who is connected, and what it does. Empty when the process is gone.
    private static String title(long process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process), "cmdline")).replace('\0', ' ').strip();
        } catch (IOException _) {
            return "";
        }
    }

    void goOn() {
        backends.stream().filter(backend -> !title(backend).isEmpty()).forEach(Signal.CONT::to);
    }

    @Override
    public void close() {
        goOn();
    }
}
