package io.throughline.journey.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// PostgreSQL, as threads that wait see it. The client underneath is the reactive one; its event loops are never waited on.
///
/// Every connection ends what its owner leaves behind: a stopped process holds no lock for longer than these timeouts.
public final class Database implements AutoCloseable {

    private static final int WAIT_SECONDS = 60;
    private static final int CACHED_STATEMENTS = 128;

    private final Pool pool;

    private Database(Pool pool) {
        this.pool = pool;
    }

    /// @param url `postgresql://user:password@host:port/database`
    /// @param schema of the generation; the schema `throughline` comes after it
    /// @param name of the pool, for metrics
    public static Database connect(Vertx vertx, String url, String schema, String name, int connections) {
        var options = PgConnectOptions.fromUri(url)
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(CACHED_STATEMENTS)
                .setConnectTimeout(5_000)
                .setTcpKeepAlive(true)
                .addProperty("application_name", "journey-projector")
                .addProperty("search_path", schema + ",throughline")
                .addProperty("statement_timeout", "50s")
                .addProperty("lock_timeout", "10s")
                .addProperty("idle_in_transaction_session_timeout", "15s");
        var pool = PgBuilder.pool()
                .with(new PoolOptions().setName(name).setMaxSize(connections).setConnectionTimeout(10).setConnectionTimeoutUnit(TimeUnit.SECONDS))
                .connectingTo(options)
                .using(vertx)
                .build();
        return new Database(pool);
    }

    /// Runs `work` in a READ COMMITTED transaction; what it throws rolls everything back and is thrown again.
    ///
    /// @throws DatabaseException when the database cannot be reached, refuses, or does not answer in time
    public <T> T inTransaction(Function<Session, T> work) {
        return onConnection(connection -> {
            var transaction = await(connection.begin());
            try {
                T result = work.apply(new Session(connection));
                await(transaction.commit());
                return result;
            } catch (RuntimeException failure) {
                try {
                    await(transaction.rollback());
                } catch (DatabaseException rollback) {
                    failure.addSuppressed(rollback);
                }
                throw failure;
            }
        });
    }

    /// Runs `work`, of which each statement is a transaction of its own: three round trips fewer where there is but one.
    ///
    /// @throws DatabaseException as [#inTransaction]
    <T> T outsideTransaction(Function<Session, T> work) {
        return onConnection(connection -> work.apply(new Session(connection)));
    }

    /// As [#inTransaction], and everything is read from one snapshot. Writes are refused.
    public <T> T inSnapshot(Function<Session, T> work) {
        return inTransaction(session -> {
            session.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            return work.apply(session);
        });
    }

    private <T> T onConnection(Function<SqlConnection, T> work) {
        var connection = await(pool.getConnection());
        try {
            return work.apply(connection);
        } finally {
            connection.close();
        }
    }

    @Override
    public void close() {
        await(pool.close());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new DatabaseException(failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException late) {
            throw new DatabaseException("the database has not answered for " + WAIT_SECONDS + " seconds", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("interrupted while waiting for the database", interrupted);
        }
    }
}
