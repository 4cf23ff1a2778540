package io.throughline.bench.tables;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Random;

/// What one layout costs on a table that is full.
///
/// @param indexMib of all indexes, before the inserts
/// @param rowsPerSecond inserted in transactions of 2,000, sorted by key, median of the batches; one connection
/// @param walPerRow bytes of write-ahead log
/// @param journeysPerSecond read whole, warm or not as they come; one connection
/// @param readP99Millis of those reads
record Trial(Layout layout, long rows, long indexMib, double rowsPerSecond, long walPerRow, double journeysPerSecond, double readP99Millis) {

    private static final int BATCH = 2_000;
    private static final int WARM_UP = 10;
    private static final int BATCHES = 60;
    private static final int READS = 3_000;
    /// Rows that one trial inserts.
    static final long INSERTED = (long) BATCH * (WARM_UP + BATCHES);

    /// @param rows in the table before
    /// @param from first row to insert
    static Trial take(Connection connection, Layout layout, long rows, long from, Random random) throws SQLException {
        Filled.stage(connection, rows / Filled.JOURNEY, from, from + INSERTED);
        execute(connection, "CHECKPOINT");
        long size = number(connection, "SELECT pg_indexes_size('touchpoint')");
        var seconds = new double[BATCHES];
        long wal = 0;
        for (int batch = -WARM_UP; batch < BATCHES; batch++) {
            if (batch == 0) {
                wal = number(connection, "SELECT pg_current_wal_insert_lsn() - '0/0'");
            }
            long begun = System.nanoTime();
            insert(connection, layout, from + (long) (batch + WARM_UP) * BATCH);
            if (batch >= 0) {
                seconds[batch] = (System.nanoTime() - begun) / 1e9;
            }
        }
        wal = number(connection, "SELECT pg_current_wal_insert_lsn() - '0/0'") - wal;
        var reads = layout.indexes().isEmpty() ? new double[0] : read(connection, rows, random);
        double reading = Arrays.stream(reads).sum();
        return new Trial(layout, rows, size >> 20, BATCH / median(seconds), wal / ((long) BATCH * BATCHES), reads.length / reading,
                1000 * percentile(reads, 0.99));
    }

    private static void insert(Connection connection, Layout layout, long from) throws SQLException {
        var columns = "token, event_key, content_hash, occurred_at, recorded_at, log_offset, log_partition, source, type, ";
        var payload = layout.payload().equals("document") ? "data::jsonb" : "data";
        var order = layout.arbiter().isEmpty() ? "log_offset" : layout.arbiter();
        var conflict = layout.arbiter().isEmpty() ? "" : " ON CONFLICT (" + layout.arbiter() + ") DO NOTHING";
        try (var insert = connection.prepareStatement("INSERT INTO touchpoint (" + columns + layout.payload() + ") SELECT " + columns + payload
                + " FROM staged WHERE log_offset >= ? AND log_offset < ? ORDER BY " + order + conflict)) {
            insert.setLong(1, from);
            insert.setLong(2, from + BATCH);
            if (insert.executeUpdate() != BATCH) {
                throw new SQLException("a batch of new rows was not new");
            }
        }
    }

    private static double[] read(Connection connection, long rows, Random random) throws SQLException {
        var seconds = new double[READS];
        for (int i = 0; i < READS; i++) {
            long begun = System.nanoTime();
            try (var statement = connection.createStatement(); var found = statement.executeQuery(
                    "SELECT * FROM touchpoint WHERE token = " + Filled.token(random.nextLong(rows / Filled.JOURNEY)) + " ORDER BY occurred_at")) {
                int events = 0;
                while (found.next()) {
                    events++;
                }
                if (events < Filled.JOURNEY) {
                    throw new SQLException("a journey has " + events + " events instead of " + Filled.JOURNEY);
                }
            }
            seconds[i] = (System.nanoTime() - begun) / 1e9;
        }
        return seconds;
    }

    private static double median(double[] values) {
        return percentile(values, 0.5);
    }

    private static double percentile(double[] values, double part) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
