package io.throughline.deploy.acceptance;

import io.throughline.events.log.Brokers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A broker that clients of tests speak to, behind the services' backs.
///
/// @param credentials the file with what it asks for; none where it asks for nothing
record Broker(String bootstrapServers, Optional<Path> credentials) {

    /// The settings of a client that has these of its own.
    Map<String, Object> client(Map<String, ?> own) {
        return Brokers.of(bootstrapServers, credentials).client(own);
    }

    /// By which a service uses it.
    Map<String, String> environment() {
        return Map.of("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers, "KAFKA_CREDENTIALS_FILE", credentials.map(Path::toString).orElse(""));
    }
}
