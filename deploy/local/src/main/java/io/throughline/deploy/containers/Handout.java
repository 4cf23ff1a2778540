package io.throughline.deploy.containers;

import io.throughline.deploy.access.AccessFiles;
import io.throughline.deploy.access.Credentials;
import io.throughline.deploy.access.SecretFile;
import io.throughline.deploy.stack.LocalKafka;
import io.throughline.events.log.LogCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The secrets of a stack in containers: made once in one folder, and of them to each container what it needs and no more.
///
/// A container sees its folder only, as `/secrets`. The folders are volumes, so no secret stands in a compose file, an environment,
/// a command line or an image.
///
/// @param stack the folder that keeps them all, for the command line; as [AccessFiles] has it
/// @param shares with one folder for each container
public record Handout(Path stack, Path shares) {
    static final String KAFKA_HOST = "kafka";
    static final int KAFKA_PORT = 9092;
    private static final int KAFKA_CONTROLLER_PORT = 9093;
    /// Where a container sees its share, and the broker its log.
    private static final Path SECRETS = Path.of("/secrets");
    private static final Path KAFKA_LOG = Path.of("/data/log");

    /// What is copied to whom, by the names in [#stack].
    static final Map<String, List<String>> COPIES = Map.of(
            "ingest", List.of("access.json", "vault.key", "kafka.credentials"),
            "projector", List.of("access.json", "service.token", "kafka.credentials", "postgres.password"),
            "postgres", List.of("postgres.password"));

    /// Makes what is missing, keeps what is there, and hands it out. To be done before the containers start, at each start.
    ///
    /// @param baseUrl the gateway's origin, as the command line reaches it
    /// @param random from which secrets are made: a `SecureRandom`
    public Credentials give(String baseUrl, RandomGenerator random) throws IOException {
        var access = AccessFiles.in(stack);
        var credentials = access.ensure(baseUrl, random);
        for (var copy : COPIES.entrySet()) {
            for (var name : copy.getValue()) {
                SecretFile.write(shares.resolve(copy.getKey()).resolve(name), Files.readString(stack.resolve(name)));
            }
        }
        giveBroker(shares.resolve("kafka"), LogCredentials.read(access.logCredentials()));
        return credentials;
    }

    private static void giveBroker(Path share, LogCredentials credentials) throws IOException {
        var settings = SECRETS.resolve("server.properties");
        SecretFile.write(share.resolve("server.properties"),
                LocalKafka.settings(KAFKA_HOST, KAFKA_PORT, KAFKA_CONTROLLER_PORT, KAFKA_LOG, credentials));
        SecretFile.write(share.resolve("format.arguments"), LocalKafka.formatArguments(settings, credentials));
    }
}
