package io.throughline.events.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where the log is, and with what its clients prove who they are. Every client of Kafka takes its settings through here.
///
/// @param bootstrapServers `host:port[,…]`
/// @param credentials none where the brokers ask for none
public record Brokers(String bootstrapServers, Optional<LogCredentials> credentials) {

    /// @param credentialsFile as [LogCredentials] describes it
    /// @throws UncheckedIOException when the file cannot be used; the message says what to do
    public static Brokers of(String bootstrapServers, Optional<Path> credentialsFile) {
        try {
            return new Brokers(bootstrapServers,
                    credentialsFile.isEmpty() ? Optional.empty() : Optional.of(LogCredentials.read(credentialsFile.get())));
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable.getMessage(), unusable);
        }
    }

    /// The settings of a client that has these of its own: the same, and how it reaches the brokers.
    public Map<String, Object> client(Map<String, ?> own) {
        var settings = new HashMap<String, Object>(own);
        settings.put("bootstrap.servers", bootstrapServers);
        credentials.ifPresent(known -> settings.putAll(known.clientSettings()));
        return Map.copyOf(settings);
    }

    /// For people and logs: the servers alone.
    @Override
    public String toString() {
        return bootstrapServers;
    }
}
