package io.throughline.deploy.acceptance;

import io.throughline.deploy.stack.BareServers;
import io.throughline.deploy.stack.StackException;
import io.throughline.deploy.stack.StackFolder;
import io.throughline.deploy.stack.Training;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/// A real broker and a real PostgreSQL, once for the whole run: in containers where Docker runs and has the images,
/// elsewhere those of the local stack. `-Dthroughline.servers=embedded` or `=containers` asks for one of them;
/// the latter fetches what Docker does not have.
///
/// @param database on which others are created
record Servers(Broker broker, Database database) {
    /// The services start some eighty times in a whole run: one training pays there.
    private static final boolean TRAIN = Boolean.getBoolean("train");
    private static volatile String told;

    /// Started when first asked for, ended with the run.
    static Servers shared() {
        return Shared.SERVERS;
    }

    private static final class Shared {
        static final Servers SERVERS = train(start());
    }

    /// Has the services trained before the first of them starts.
    static void train() {
        if (TRAIN) {
            shared();
        }
    }

    /// The fork that comes second waits for it. Without it the tests take longer, no more.
    private static Servers train(Servers servers) {
        if (!TRAIN) {
            return servers;
        }
        try {
            var name = "training";
            new Training(Project.HOME, Project.scratch(name), Stack.of(servers, name, servers.database().create(name))).run();
        } catch (IOException | SQLException | StackException e) {
            System.err.println("The services start untrained: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the services were trained", e);
        }
        return servers;
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
        var folder = new StackFolder(Project.HOME, Project.scratch("servers"));
        var servers = AtExit.close(BareServers.start(folder, Stack.SHORT_LIVED));
        var bootstrapServers = servers.settings().get("KAFKA_BOOTSTRAP_SERVERS");
        tell("embedded, Kafka at " + bootstrapServers + " and PostgreSQL at port " + servers.database().server().port() + reason);
        return new Servers(new Broker(bootstrapServers, Optional.of(folder.access().logCredentials())), new Database(servers.settings().get("DATABASE_URL")));
    }
}
