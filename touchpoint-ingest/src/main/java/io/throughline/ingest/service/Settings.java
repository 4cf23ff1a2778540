package io.throughline.ingest.service;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;
import io.throughline.events.IdentitySpelling;
import io.throughline.events.log.Brokers;
import io.throughline.ingest.Budget;
import io.throughline.ingest.HmacVault;
import io.throughline.ingest.Limits;
import io.throughline.ingest.Vault;
import io.throughline.events.access.AccessFile;
import io.throughline.ingest.imports.ImportLimits;
import io.throughline.ingest.kafka.KafkaSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// What is set, as the parts take it. What is missing or out of bounds stops the start with a sentence that says what to set.
@Singleton
final class Settings {

    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);
    /// The producer rounds every open batch up to its batch size; this is for that.
    private static final long PRODUCER_SLACK = 8L * 1024 * 1024;

    private final IngestConfig config;

    Settings(IngestConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    Limits limits() {
        return checked(() -> new Limits(bytes(config.maxEvent()), bytes(config.maxBatch()), config.maxBatchEvents(), config.maxAhead()));
    }

    @Produces
    @Singleton
    ImportLimits importLimits() {
        var imports = config.imports();
        return checked(() -> new ImportLimits(
                imports.concurrent(), imports.memory().asLongValue(), imports.patience(), RETRY_PAUSE, imports.listedRefusals()));
    }

    @Produces
    @Singleton
    Budget budget() {
        return checked(() -> new Budget(config.memory().asLongValue()));
    }

    @Produces
    @Singleton
    AccessFile accessFile() {
        var file = required(config.accessFile(), "THROUGHLINE_ACCESS_FILE", "the JSON file of hashed keys");
        try {
            return new AccessFile(file);
        } catch (IOException unreadable) {
            throw new ConfigurationException(unreadable.getMessage());
        }
    }

    @Produces
    @Singleton
    Vault vault() {
        var spelling = checked(() -> new IdentitySpelling(config.identitiesWithoutCase().orElse(Set.of())));
        var file = required(config.vaultKeyFile(), "THROUGHLINE_VAULT_KEY_FILE", "the file with the key of identity tokens, 64 hexadecimal digits");
        try {
            return new HmacVault(Files.readString(file), spelling);
        } catch (IOException | IllegalArgumentException unusable) {
            throw new ConfigurationException("The vault key file " + file + " cannot be used (" + unusable.getClass().getSimpleName()
                    + "): it must be readable and hold 64 hexadecimal digits. Without the same key as before, known customers would become strangers.");
        }
    }

    @Produces
    @Singleton
    KafkaSettings kafka() {
        var log = config.log();
        var servers = required(log.bootstrapServers(), "KAFKA_BOOTSTRAP_SERVERS", "the brokers as host:port[,…]");
        return checked(() -> new KafkaSettings(brokers(servers), log.topic(), log.partitions(), log.definitions(), log.replication(),
                log.minInSync(), log.deliveryTimeout(), log.linger(), config.memory().asLongValue() + PRODUCER_SLACK));
    }

    private Brokers brokers(String servers) {
        try {
            return Brokers.of(servers, config.log().credentialsFile());
        } catch (UncheckedIOException unusable) {
            throw new ConfigurationException(unusable.getMessage());
        }
    }

    private static <T> T required(Optional<T> value, String variable, String meaning) {
        return value.orElseThrow(() -> new ConfigurationException("Set " + variable + " to " + meaning + "."));
    }

    private static <T> T checked(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException outOfBounds) {
            throw new ConfigurationException("The configuration throughline.ingest cannot be used: " + outOfBounds.getMessage() + ".");
        }
    }

    private static int bytes(MemorySize size) {
        return Math.toIntExact(size.asLongValue());
    }
}
