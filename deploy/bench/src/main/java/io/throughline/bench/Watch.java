package io.throughline.bench;

import io.throughline.deploy.stack.ServerProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// Looks at a database while a backlog is worked off, twenty times a second.
///
/// The clock starts with the first batch that is stored, not with the process: how long a JVM takes to start is another question. All that is stored
/// in that first batch is left out of the count.
final class Watch {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final String PREPARED = "SELECT to_regclass('g1.checkpoint') IS NOT NULL";
    private static final String STORED = "SELECT coalesce(sum(next), 0) FROM g1.checkpoint";
    /// Whether nobody waits to be evaluated.
    static final String NO_MARKS = "SELECT NOT EXISTS (SELECT FROM g1.mark) AND NOT EXISTS (SELECT FROM g1.mark_bundle)";
    private static final String NOTHING_TO_PUBLISH = "SELECT NOT EXISTS (SELECT FROM throughline.finding_queue)";

    private final ServerProcess process;
    private final Activity activity;
    private final long count;
    private long counted;
    private long from;

    /// @param count events of the backlog
    Watch(ServerProcess process, Activity activity, long count) {
        this.process = process;
        this.activity = activity;
        this.count = count;
    }

    /// @param stored events per second until all were stored
    /// @param evaluated events per second until all were evaluated too; the same where nothing is
    record Rates(double stored, double evaluated) {}

    /// @param evaluates whether marks are made that must be gone in the end
    /// @throws BenchException when the process ends before
    Rates follow(Database database, boolean evaluates) throws SQLException, InterruptedException {
        try (var connection = database.connect()) {
            await(connection, PREPARED, 1);
            counted = await(connection, STORED, 1);
            from = System.nanoTime();
            await(connection, STORED, count);
            double stored = rate();
            if (evaluates) {
                await(connection, NO_MARKS, 1);
            }
            return new Rates(stored, rate());
        }
    }

    /// Waits until all that was found is on the topic of findings.
    void awaitPublished(Database database) throws SQLException, InterruptedException {
        try (var connection = database.connect()) {
            await(connection, NOTHING_TO_PUBLISH, 1);
        }
    }

    private double rate() {
        return (count - counted) / ((System.nanoTime() - from) / 1e9);
    }

    private long await(Connection connection, String query, long least) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try (var statement = connection.prepareStatement(query)) {
            while (System.nanoTime() < deadline) {
                try (var result = statement.executeQuery()) {
                    result.next();
                    long value = result.getObject(1) instanceof Boolean is ? is ? 1 : 0 : result.getLong(1);
                    if (value >= least) {
                        return value;
                    }
                }
                activity.look(connection);
                if (!process.alive()) {
                    throw new BenchException(process.server().name() + " has ended. See " + process.server().log());
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
        throw new BenchException("%s is not done after %d minutes. See %s".formatted(process.server().name(), LIMIT.toMinutes(), process.server().log()));
    }
}
