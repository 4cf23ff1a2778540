package io.throughline.journey.store;

import io.throughline.deploy.stack.LocalPostgres;
import io.throughline.deploy.stack.Loopback;
import io.throughline.deploy.stack.ServerProcess;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// One real PostgreSQL for all tests of this JVM, and a database of its own for whoever asks.
public final class TestDatabase implements BeforeAllCallback {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private Server server;

    /// Ended by JUnit with the last test.
    private record Server(ServerProcess process, LocalPostgres postgres, Vertx vertx) implements AutoCloseable {

        static Server start() throws Exception {
            Path folder = Files.createTempDirectory("journey-postgres");
            var postgres = new LocalPostgres(folder.resolve("postgres"), folder.resolve("postgres.log"), Loopback.freePort(), "secret");
            return new Server(ServerProcess.start(postgres).awaitReady(Duration.ofMinutes(2)), postgres, Vertx.vertx());
        }

        @Override
        public void close() {
            vertx.close();
            process.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = context.getRoot().getStore(Namespace.create(TestDatabase.class)).computeIfAbsent(Server.class, _ -> {
            try {
                return Server.start();
            } catch (Exception failure) {
                throw new IllegalStateException("PostgreSQL did not start", failure);
            }
        }, Server.class);
    }

    /// A new database with the schemas of the first generation.
    public Database create() throws Exception {
        var name = "journey_" + DATABASES.incrementAndGet();
        try (var connection = DriverManager.getConnection(server.postgres().databaseUrl().replaceFirst("postgresql://[^@]+@", "jdbc:postgresql://"),
                "throughline", "secret");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        var url = server.postgres().databaseUrl().replaceFirst("/throughline$", "/" + name);
        var live = new Generations(url).prepare();
        return Database.connect(server.vertx(), url, live.schema(), name, 4);
    }
}
