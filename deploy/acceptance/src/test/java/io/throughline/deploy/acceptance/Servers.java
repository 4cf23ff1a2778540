package io.throughline.deploy.acceptance;

import io.throughline.deploy.stack.LocalKafka;
import io.throughline.deploy.stack.LocalPostgres;
import io.throughline.deploy.stack.Loopback;
import io.throughline.deploy.stack.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// A real broker and a real PostgreSQL, once for the whole run: in containers where Docker runs and has the images,
/// elsewhere those of the local stack. `-Dthroughline.servers=embedded` or `=containers` asks for one of them.
///
/// @param database on which others are created
record Servers(String bootstrapServers, Database database) {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final String KAFKA_IMAGE = "apache/kafka:4.2.1";
    private static final String POSTGRES_IMAGE = "postgres:18";

    /// Started when first asked for, ended with the run.
    static Servers shared() {
        return Shared.SERVERS;
    }

    private static final class Shared {
        static final Servers SERVERS = start();
    }

    private static Servers start() {
        try {
            return switch (System.getProperty("throughline.servers", "")) {
                case "embedded" -> embedded();
                case "containers" -> containers();
                case "" -> DockerClientFactory.instance().isDockerAvailable() ? containersOrEmbedded() : embedded();
                default -> throw new IllegalArgumentException("throughline.servers is \"embedded\" or \"containers\"");
            };
        } catch (IOException e) {
            throw new IllegalStateException("The servers cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the servers started", e);
        }
    }

    private static Servers containersOrEmbedded() throws IOException, InterruptedException {
        try {
            return containers();
        } catch (RuntimeException unavailable) {
            System.out.println("Docker runs, but not with our images (" + rootOf(unavailable).getMessage() + "): falling back.");
            return embedded();
        }
    }

    private static Servers containers() {
        var kafka = AtExit.close(new KafkaContainer(KAFKA_IMAGE));
        kafka.start();
        var postgres = AtExit.close(new PostgreSQLContainer(POSTGRES_IMAGE));
        postgres.start();
        System.out.println("Servers: containers " + KAFKA_IMAGE + ", " + POSTGRES_IMAGE);
        return new Servers(kafka.getBootstrapServers(), new Database("postgresql://%s:%s@%s:%d/%s".formatted(postgres.getUsername(), postgres.getPassword(),
                postgres.getHost(), postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT), postgres.getDatabaseName())));
    }

    private static Servers embedded() throws IOException, InterruptedException {
        var folder = Project.scratch("servers");
        var kafka = new LocalKafka(Project.HOME.resolve("deploy/broker"), folder.resolve("kafka"), folder.resolve("kafka.log"), Loopback.freePort(),
                Loopback.freePort());
        var postgres = new LocalPostgres(folder.resolve("postgres"), folder.resolve("postgres.log"), Loopback.freePort(), "acceptance");
        var broker = AtExit.close(ServerProcess.start(kafka));
        var database = AtExit.close(ServerProcess.start(postgres));
        broker.awaitReady(START_LIMIT);
        database.awaitReady(START_LIMIT);
        System.out.println("Servers: embedded, Kafka at " + kafka.bootstrapServers() + " and PostgreSQL at port " + postgres.port());
        return new Servers(kafka.bootstrapServers(), new Database(postgres.databaseUrl()));
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }
}
