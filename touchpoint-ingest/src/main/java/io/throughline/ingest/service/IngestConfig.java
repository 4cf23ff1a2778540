package io.throughline.ingest.service;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// All that can be set about ingest. Bounds are checked where the values are used, at start.
@ConfigMapping(prefix = "throughline.ingest")
interface IngestConfig {

    /// The JSON file of hashed keys (`THROUGHLINE_ACCESS_FILE`). Required.
    Optional<Path> accessFile();

    /// The file with the key of identity tokens, 64 hex digits (`THROUGHLINE_VAULT_KEY_FILE`). Required.
    Optional<Path> vaultKeyFile();

    /// Namespaces in which identities are compared without case (`THROUGHLINE_IDENTITIES_WITHOUT_CASE`), separated by commas: `email` where it is not
    /// set, none where it is empty.
    /// Whoever changes it makes strangers of known persons: it is set before the first event.
    Optional<Set<String>> identitiesWithoutCase();

    /// Most bytes of one event, inflated.
    @WithDefault("256K")
    MemorySize maxEvent();

    /// Most bytes of one batch, inflated.
    @WithDefault("5M")
    MemorySize maxBatch();

    /// Most events of one batch.
    @WithDefault("10000")
    int maxBatchEvents();

    /// How far an event's time may lie ahead of ours.
    @WithDefault("PT24H")
    Duration maxAhead();

    /// In which a whole body must arrive; imports apart.
    @WithDefault("PT30S")
    Duration bodyTimeout();

    /// Bytes that all requests together may hold, bodies and what the log has not acknowledged. The producer may hold as much again.
    @WithDefault("32M")
    MemorySize memory();

    Imports imports();

    Log log();

    interface Imports {

        /// How many imports may run at once.
        @WithDefault("4")
        int concurrent();

        /// What one import holds of the memory while it runs.
        @WithDefault("4M")
        MemorySize memory();

        /// How long the log may stay silent before an import gives up.
        @WithDefault("PT60S")
        Duration patience();

        /// How many refused lines a summary lists.
        @WithDefault("1000")
        int listedRefusals();
    }

    interface Log {

        /// `host:port[,…]` (`KAFKA_BOOTSTRAP_SERVERS`). Required.
        Optional<String> bootstrapServers();

        /// With which password, as `LogCredentials` describes it (`KAFKA_CREDENTIALS_FILE`). None where the brokers ask for none.
        Optional<Path> credentialsFile();

        @WithDefault("touchpoints")
        String topic();

        /// Of the topic when it is created here.
        @WithDefault("6")
        int partitions();

        /// The topic of all definitions, of sources among them.
        @WithDefault("definitions")
        String definitions();

        /// Of both topics when they are created here.
        @WithDefault("1")
        short replication();

        /// Of both topics when they are created here.
        @WithDefault("1")
        int minInSync();

        /// After which an event that is not acknowledged counts as unknown.
        @WithDefault("PT10S")
        Duration deliveryTimeout();

        /// How long the producer waits for more before it sends. None: measured at 64 connections, waiting 5 ms halves the rate of
        /// single events (7,500/s against 15,000/s and more), and under load batches form by themselves while requests are in flight.
        @WithDefault("PT0S")
        Duration linger();
    }
}
