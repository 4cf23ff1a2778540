package io.throughline.deploy.stack;

import io.throughline.events.log.LogCredentials;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;

/// Broker and database alone, without services and without a supervisor.
///
/// @param settings by which a service finds them
public record BareServers(ServerProcess broker, ServerProcess database, SequencedMap<String, String> settings) implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    /// Returns when both serve.
    ///
    /// @param environment of the broker's process, besides ours
    /// @throws StackException when one of them does not start; neither is left running then
    public static BareServers start(StackFolder folder, Map<String, String> environment) throws IOException, InterruptedException {
        folder.open();
        var access = folder.access();
        access.ensure("", new SecureRandom());
        var kafka = new LocalKafka(folder.home().resolve("deploy/broker"), folder.root().resolve("kafka"), folder.log("kafka"),
                Loopback.freePort(), Loopback.freePort(), LogCredentials.read(access.logCredentials()));
        var postgres = new LocalPostgres(folder.root().resolve("postgres"), folder.log("postgres"), Loopback.freePort(), access.password());
        var settings = new LinkedHashMap<String, String>();
        settings.put(Blueprint.KAFKA, kafka.bootstrapServers());
        settings.put(Blueprint.KAFKA_CREDENTIALS, access.logCredentials().toString());
        settings.put(Blueprint.DATABASE, postgres.databaseUrl());
        var broker = ServerProcess.start(kafka, environment);
        try {
            var servers = new BareServers(broker, ServerProcess.start(postgres), settings);
            try {
                servers.broker.awaitReady(START_LIMIT);
                servers.database.awaitReady(START_LIMIT);
                return servers;
            } catch (StackException | InterruptedException failed) {
                servers.database.close();
                throw failed;
            }
        } catch (IOException | StackException | InterruptedException failed) {
            broker.close();
            throw failed;
        }
    }

    /// Waits until either has ended.
    public void awaitEnd() {
        CompletableFuture.anyOf(broker.ended(), database.ended()).join();
    }

    @Override
    public void close() {
        broker.close();
        database.close();
    }
}
