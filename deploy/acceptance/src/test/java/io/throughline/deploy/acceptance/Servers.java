package io.throughline.deploy.acceptance;

import io.throughline.deploy.access.AccessFiles;
import io.throughline.deploy.stack.LocalKafka;
import io.throughline.deploy.stack.LocalPostgres;
import io.throughline.deploy.stack.Loopback;
import io.throughline.deploy.stack.ServerProcess;
import io.throughline.events.log.LogCredentials;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/// A real broker and a real PostgreSQL, once for the whole run: in containers where Docker runs and has the images,
/// elsewhere those of the local stack. `-Dthroughline.servers=embedded` or `=containers` asks for one of them;
/// the latter fetches what Docker does not have.
///
/// @param database on which others are created
record Servers(Broker broker, Database database) {
    private static volatile String told;
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    /// Started when first asked for, ended with the run.
    static Servers shared() {
        return Shared.SERVERS;
    }

    private static final class Shared {
        static final Servers SERVERS = start();
    }

    /// Which servers were used, and why; nothing where none was needed.
    static Optional<String> told() {
        return Optional.ofNullable(told);
    }

    private static void tell(String which) {
        told = "Servers: " + which;
        System.out.println(told);
    }

    private static Servers start() {
        try {
            return switch (System.getProperty("throughline.servers", "")) {
                case "embedded" -> embedded("");
                case "containers" -> containers();
                case "" -> atHand();
                default -> throw new IllegalArgumentException("throughline.servers is \"embedded\" or \"containers\"");
            };
        } catch (IOException e) {
            throw new IllegalStateException("The servers cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the servers started", e);
        }
    }

    private static Servers atHand() throws IOException, InterruptedException {
        var obstacle = Containers.obstacle();
        if (obstacle.isEmpty()) {
            return containers();
        }
        return embedded("; no containers: " + obstacle.get());
    }

    private static Servers containers() {
        var servers = Containers.start();
        tell("in containers, " + Containers.IMAGES);
        return servers;
    }

    /// @param reason that is told with it
    private static Servers embedded(String reason) throws IOException, InterruptedException {
        var folder = Project.scratch("servers");
        var access = AccessFiles.in(folder);
        access.ensure("", new SecureRandom());
        var kafka = new LocalKafka(Project.HOME.resolve("deploy/broker"), folder.resolve("kafka"), folder.resolve("kafka.log"), Loopback.freePort(),
                Loopback.freePort(), LogCredentials.read(access.logCredentials()));
        var postgres = new LocalPostgres(folder.resolve("postgres"), folder.resolve("postgres.log"), Loopback.freePort(),
                access.password());
        var broker = AtExit.close(ServerProcess.start(kafka));
        var database = AtExit.close(ServerProcess.start(postgres));
        broker.awaitReady(START_LIMIT);
        database.awaitReady(START_LIMIT);
        tell("embedded, Kafka at " + kafka.bootstrapServers() + " and PostgreSQL at port " + postgres.port() + reason);
        return new Servers(new Broker(kafka.bootstrapServers(), Optional.of(access.logCredentials())), new Database(postgres.databaseUrl()));
    }
}
