package io.throughline.journey.store;

import io.throughline.deploy.stack.LocalPostgres;
import io.throughline.deploy.stack.Loopback;
import io.throughline.deploy.stack.ServerProcess;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// One real PostgreSQL for all tests of this JVM, and a database of its own for each who asks.
/// `-Dfast=true` leaves out the tests that need it.
public final class TestDatabase implements BeforeAllCallback {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    /// Its schemas are made once; the others are copies of it.
    private static final String TEMPLATE = "template_of_all";

    private Server server;

    /// Ended by JUnit with the last test.
    private record Server(ServerProcess process, LocalPostgres postgres, Generations.Live live, Vertx vertx) implements AutoCloseable {

        static Server start() throws Exception {
            Path folder = Files.createTempDirectory("journey-postgres");
            var postgres = new LocalPostgres(folder.resolve("postgres"), folder.resolve("postgres.log"), Loopback.freePort(), "secret");
            var process = ServerProcess.start(postgres).awaitReady(Duration.ofMinutes(2));
            execute(postgres, "CREATE DATABASE " + TEMPLATE);
            return new Server(process, postgres, new Generations(url(postgres, TEMPLATE)).prepare(), Vertx.vertx());
        }

        static String url(LocalPostgres postgres, String database) {
            return postgres.databaseUrl().replaceFirst("/throughline$", "/" + database);
        }

        static void execute(LocalPostgres postgres, String statement) throws SQLException {
            var url = postgres.databaseUrl().replaceFirst("postgresql://[^@]+@", "jdbc:postgresql://");
            try (var connection = DriverManager.getConnection(url, "throughline", "secret"); var session = connection.createStatement()) {
                session.execute(statement);
            }
        }

        @Override
        public void close() {
            vertx.close();
            process.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Assumptions.assumeFalse(Boolean.getBoolean("fast"), "needs a PostgreSQL: left out by --fast");
        server = context.getRoot().getStore(Namespace.create(TestDatabase.class)).computeIfAbsent(Server.class, _ -> {
            try {
                return Server.start();
            } catch (Exception failure) {
                throw new IllegalStateException("PostgreSQL did not start", failure);
            }
        }, Server.class);
    }

    /// Runs one statement, for what no part of the product does.
    public static RowSet<Row> run(Database database, String sql, Object... arguments) {
        return database.inTransaction(session -> session.run(sql, arguments));
    }

    /// A new database with the schemas of the first generation.
    public Database create() throws Exception {
        var name = "journey_" + DATABASES.incrementAndGet();
        Server.execute(server.postgres(), "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
        return Database.connect(server.vertx(), Server.url(server.postgres(), name), server.live().schema(), name, 4);
    }
}
