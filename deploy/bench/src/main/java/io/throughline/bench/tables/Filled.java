package io.throughline.bench.tables;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongConsumer;

/// A table of events as full as that of a company with years of them.
///
/// Journeys of twenty events are told in turns, five thousand at a time; of what comes after, every other event belongs to somebody long known.
/// Rows are small (about 300 bytes), because what is compared here is indexes and not disks.
final class Filled {

    static final int JOURNEY = 20;
    private static final int TOGETHER = 5_000;
    private static final long CHUNK = 500_000;

    static final String TABLE = """
            CREATE TABLE touchpoint (
              token uuid NOT NULL, event_key uuid NOT NULL, content_hash uuid NOT NULL, occurred_at timestamptz NOT NULL, recorded_at timestamptz NOT NULL,
              log_offset bigint NOT NULL, log_partition int NOT NULL, source text NOT NULL, type text NOT NULL, data text, document jsonb
            ) WITH (autovacuum_enabled = off)""";

    private static final String JOURNEY_OF = "(i / %d) * %d + mod(i, %d)".formatted(JOURNEY * TOGETHER, TOGETHER, TOGETHER);

    /// Rows from the second argument to the third, of whom some belong to one of as many old journeys as the first says.
    private static final String ROWS = """
            SELECT md5('t' || CASE WHEN %%s THEN mod(hashint8(i)::bigint + 2147483648, ?) ELSE %s END)::uuid AS token,
                   md5('e' || i)::uuid AS event_key, md5('c' || i)::uuid AS content_hash,
                   timestamptz '2020-01-01' + i * interval '1 second' AS occurred_at, timestamptz '2020-01-01' + i * interval '1 second' AS recorded_at,
                   i AS log_offset, mod(i, 6)::int AS log_partition, '/channels/self-service' AS source, 'address-changed.v1' AS type,
                   '{"addressId":"a-' || i || '","kind":"postal","version":' || mod(i, 9) || ',"address":{"line1":"12 High Street","city":"Leeds"}}' AS data
              FROM generate_series(?::bigint, ?::bigint) i""".formatted(JOURNEY_OF);

    private Filled() {}

    /// @param told how many rows there are by now
    static void fill(Connection connection, long rows, LongConsumer told) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        try (var insert = connection.prepareStatement("INSERT INTO touchpoint " + ROWS.formatted("false"))) {
            for (long from = 0; from < rows; from += CHUNK) {
                insert.setLong(1, 1);
                insert.setLong(2, from);
                insert.setLong(3, Math.min(rows, from + CHUNK) - 1);
                insert.executeUpdate();
                told.accept(Math.min(rows, from + CHUNK));
            }
        }
    }

    /// Lays out rows to be inserted, so that making them is not measured.
    ///
    /// @param journeys how many there are already
    static void stage(Connection connection, long journeys, long from, long to) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS staged");
        }
        try (var staged = connection.prepareStatement("CREATE UNLOGGED TABLE staged AS " + ROWS.formatted("mod(i, 2) = 0"))) {
            staged.setLong(1, journeys);
            staged.setLong(2, from);
            staged.setLong(3, to - 1);
            staged.executeUpdate();
        }
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE INDEX ON staged (log_offset)");
            statement.execute("ANALYZE staged");
        }
    }

    /// The token of one of the first journeys.
    static String token(long journey) {
        return "md5('t' || " + journey + ")::uuid";
    }
}
