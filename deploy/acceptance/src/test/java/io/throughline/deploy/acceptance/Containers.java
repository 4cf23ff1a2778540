package io.throughline.deploy.acceptance;

import static java.util.stream.Collectors.toMap;

import io.throughline.deploy.stack.LocalKafka;
import io.throughline.deploy.stack.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// Broker and database in containers, with the settings that they have in the local stack.
final class Containers {
    private static final String KAFKA = "apache/kafka:4.2.1";
    private static final String POSTGRES = "postgres:18";
    static final String IMAGES = KAFKA + " and " + POSTGRES;
    /// By which Testcontainers removes what a killed run has left, unless it was told not to.
    private static final String GUARD = "testcontainers/ryuk";
    private static final boolean GUARDED = !Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"));
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    /// Docker gives 64 MiB, which is little for parallel queries.
    private static final long SHARED_MEMORY_BYTES = 256L << 20;

    private Containers() {}

    /// Why they would not start at once: Docker is not there, does not answer, or would have to fetch an image first.
    ///
    /// Docker's own program is asked: Testcontainers, asked whether there is a Docker, starts its guard to find out, and where no
    /// registry is reached it tries for minutes to fetch that.
    static Optional<String> obstacle() throws InterruptedException {
        try {
            var answer = Files.createTempFile("docker", ".out");
            try {
                var docker = new ProcessBuilder("docker", "image", "ls", "--format", "{{.Repository}}:{{.Tag}}")
                        .redirectErrorStream(true).redirectOutput(answer.toFile()).start();
                if (!docker.waitFor(ANSWER_LIMIT)) {
                    docker.destroyForcibly();
                    return Optional.of("Docker does not answer within " + ANSWER_LIMIT.toSeconds() + " s");
                }
                var lines = Files.readAllLines(answer);
                return docker.exitValue() == 0 ? missingIn(lines) : Optional.of(String.join(" ", lines));
            } finally {
                Files.delete(answer);
            }
        } catch (IOException absent) {
            return Optional.of(absent.getMessage());
        }
    }

    private static Optional<String> missingIn(List<String> images) {
        var missing = new ArrayList<>(List.of(KAFKA, POSTGRES));
        missing.removeAll(images);
        if (GUARDED && images.stream().noneMatch(image -> image.startsWith(GUARD + ":"))) {
            missing.add(GUARD);
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of("Docker has no " + String.join(", no ", missing));
    }

    /// Fetches the images that Docker does not have.
    static Servers start() {
        var kafka = AtExit.close(new KafkaContainer(KAFKA).withEnv(environment(LocalKafka.SETTINGS)));
        var postgres = AtExit.close(new PostgreSQLContainer(POSTGRES).withSharedMemorySize(SHARED_MEMORY_BYTES)
                .withCommand(Stream.concat(Stream.of("postgres"), options(LocalPostgres.SETTINGS)).toArray(String[]::new)));
        Startables.deepStart(kafka, postgres).join();
        return new Servers(new Broker(kafka.getBootstrapServers(), Optional.empty()), new Database(
                "postgresql://%s:%s@%s:%d/%s".formatted(postgres.getUsername(), postgres.getPassword(), postgres.getHost(),
                        postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT), postgres.getDatabaseName())));
    }

    /// As the image of Kafka reads its settings: `KAFKA_NUM_PARTITIONS` for `num.partitions`.
    private static Map<String, String> environment(Map<String, String> settings) {
        return settings.entrySet().stream().collect(toMap(
                setting -> "KAFKA_" + setting.getKey().replace('.', '_').toUpperCase(Locale.ROOT), Map.Entry::getValue));
    }

    private static Stream<String> options(Map<String, String> settings) {
        return settings.entrySet().stream().flatMap(setting -> Stream.of("-c", setting.getKey() + "=" + setting.getValue()));
    }
}
