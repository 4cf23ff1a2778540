package io.throughline.bench.tables;

import io.throughline.bench.BenchException;
import io.throughline.bench.Database;
import io.throughline.deploy.cli.ExitCode;
import io.throughline.deploy.cli.Steps;
import io.throughline.deploy.cli.Table;
import io.throughline.deploy.cli.Terminal;
import io.throughline.deploy.stack.FileTree;
import io.throughline.deploy.stack.LocalPostgres;
import io.throughline.deploy.stack.Loopback;
import io.throughline.deploy.stack.ServerProcess;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Which keys, indexes and payload types the table of events should have, by measurement on full tables: never choose a key on a small one.
@Command(name = "tables", mixinStandardHelpOptions = true,
        description = "Compare ways to keep events, on full tables. Needs about 350 bytes of disk a row, twice.")
public final class Tables implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--rows", split = ",", defaultValue = "5000000,50000000", description = "How full (default: ${DEFAULT-VALUE}).")
    private List<Long> rows;

    public Tables(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        var scratch = Path.of(System.getProperty("throughline.home", ".")).resolve("target/bench/tables-" + ProcessHandle.current().pid());
        Files.createDirectories(scratch);
        var password = HexFormat.of().formatHex(new SecureRandom().generateSeed(16));
        var server = new LocalPostgres(scratch.resolve("postgres"), scratch.resolve("postgres.log"), Loopback.freePort(), password);
        var process = ServerProcess.start(server);
        var atExit = Thread.ofPlatform().unstarted(process::close);
        Runtime.getRuntime().addShutdownHook(atExit);
        try (var steps = Steps.on(terminal)) {
            process.awaitReady(Duration.ofSeconds(90));
            var table = new Table(terminal, "ROWS", "LAYOUT", "INDEXES", "INSERTED", "WAL", "JOURNEYS READ", "P99");
            for (long full : rows) {
                try (var connection = connect(server)) {
                    compare(connection, full, steps, table);
                    Trial.execute(connection, "DROP TABLE touchpoint, staged");
                }
            }
            terminal.say("");
            table.print();
            terminal.say("Load average %.2f.".formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        } finally {
            process.close();
            Runtime.getRuntime().removeShutdownHook(atExit);
            FileTree.delete(scratch);
        }
        return ExitCode.DONE;
    }

    private void compare(Connection connection, long full, Steps steps, Table table) throws SQLException {
        Trial.execute(connection, "SET maintenance_work_mem = '1GB'");
        steps.begin("filling %,d rows".formatted(full));
        Filled.fill(connection, full, there -> steps.show((int) (there * 100 / full), 100, "filling %,d rows".formatted(full)));
        steps.done("%,d rows are there".formatted(full));
        Layout standing = Layout.ALL.getFirst();
        long next = full;
        for (var layout : Layout.ALL) {
            steps.begin("%s on %,d rows".formatted(layout.name(), full));
            if (!layout.hasSameIndexes(standing)) {
                index(connection, layout);
                standing = layout;
            }
            var trial = Trial.take(connection, layout, full, next, new Random(full));
            next += Trial.INSERTED;
            table.row("%,d".formatted(full), layout.name(), "%,d MiB".formatted(trial.indexMib()), "%,.0f rows/s".formatted(trial.rowsPerSecond()),
                    "%,d B/row".formatted(trial.walPerRow()), number("%,.0f/s", trial.journeysPerSecond()), number("%.1f ms", trial.readP99Millis()));
            steps.done("%s on %,d rows: %,.0f rows/s inserted, %,d B of log a row, indexes %,d MiB, journeys %s, p99 %s".formatted(layout.name(), full,
                    trial.rowsPerSecond(), trial.walPerRow(), trial.indexMib(), number("%,.0f/s", trial.journeysPerSecond()),
                    number("%.1f ms", trial.readP99Millis())));
        }
    }

    private static void index(Connection connection, Layout layout) throws SQLException {
        Trial.execute(connection, "DROP INDEX IF EXISTS by_token_key, by_key, by_key_token, by_token_time, by_token");
        for (var index : layout.indexes()) {
            Trial.execute(connection, index);
        }
        Trial.execute(connection, "VACUUM ANALYZE touchpoint");
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
    }

    private static Connection connect(LocalPostgres server) throws SQLException {
        try {
            return new Database(server.databaseUrl()).connect();
        } catch (SQLException refused) {
            throw new BenchException("The database cannot be reached: " + refused.getMessage());
        }
    }
}
