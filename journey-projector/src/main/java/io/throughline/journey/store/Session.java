package io.throughline.journey.store;

import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The statements of one transaction.
public final class Session {

    /// For `FROM`: the transaction does not wait for its commit to be durable. For times that move on: whatever is decided on them commits later
    /// and durably, and so makes them durable too.
    static final String NOT_WAITING = "(SELECT set_config('synchronous_commit', 'off', true)) AS not_waiting";

    /// Rows fetched at a time: enough to hide the round trip. No query of a stream may have large columns: see [JourneyRows#INLINE_BYTES].
    private static final int FETCH = 256;

    private final SqlConnection connection;

    Session(SqlConnection connection) {
        this.connection = connection;
    }

    /// @param arguments of `$1`, `$2`, …; arrays for `unnest`
    RowSet<Row> run(String sql, Object... arguments) {
        return Database.await(connection.preparedQuery(sql).execute(Tuple.wrap(arguments)));
    }

    /// A moment as an argument: the client takes `timestamptz` from nothing else.
    static @Nullable OffsetDateTime time(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }

    /// The rows of a query through a cursor: as many as there are, a few in memory. Stops when `rows` has seen enough.
    void stream(String sql, Tuple arguments, Consumer<Iterator<Row>> rows) {
        var statement = Database.await(connection.prepare(sql));
        var cursor = statement.cursor(arguments);
        try {
            rows.accept(new CursorRows(cursor));
        } finally {
            Database.await(cursor.close());
            Database.await(statement.close());
        }
    }

    private static final class CursorRows implements Iterator<Row> {
        private final Cursor cursor;
        private Iterator<Row> fetched;
        /// A fetch that is not full was the last one. (The cursor itself knows it a moment later than we have its rows.)
        private boolean last;

        CursorRows(Cursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean hasNext() {
            if (fetched == null || (!fetched.hasNext() && !last)) {
                var rows = Database.await(cursor.read(FETCH));
                fetched = rows.iterator();
                last = rows.size() < FETCH;
            }
            return fetched.hasNext();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return fetched.next();
        }
    }
}
