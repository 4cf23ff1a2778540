package io.throughline.ingest.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;
import io.throughline.ingest.Addressing;
import io.throughline.ingest.Admission;
import io.throughline.ingest.Budget;
import io.throughline.ingest.HmacVault;
import io.throughline.ingest.Intake;
import io.throughline.ingest.Limits;
import io.throughline.ingest.Tally;
import io.throughline.ingest.Sources;
import io.throughline.ingest.TouchpointLog;
import io.throughline.ingest.Vault;
import io.throughline.ingest.http.AccessFile;
import io.throughline.ingest.http.Bodies;
import io.throughline.ingest.imports.FileImport;
import io.throughline.ingest.imports.ImportLimits;
import io.throughline.ingest.kafka.KafkaDefinitions;
import io.throughline.ingest.kafka.KafkaLog;
import io.throughline.ingest.kafka.KafkaSettings;
import io.throughline.ingest.sources.DefinitionLog;
import io.throughline.ingest.sources.Registrar;
import io.throughline.ingest.sources.SourceRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Makes the parts from the configuration. What is missing or out of bounds stops the start with a sentence that says what to set.
@Singleton
final class Wiring {

    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);
    /// The producer rounds every open batch up to its batch size; this is for that.
    private static final long PRODUCER_SLACK = 8L * 1024 * 1024;

    /// How many changes of sources may wait for their turn.
    private static final int WAITING_CHANGES = 64;

    private final IngestConfig config;

    Wiring(IngestConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
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
    Admission admission(Limits limits, Sources sources) {
        return new Admission(limits, sources);
    }

    @Produces
    @Singleton
    SourceRegistry registry() {
        return new SourceRegistry();
    }

    @Produces
    @Singleton
    Registrar registrar(SourceRegistry registry, DefinitionLog log) {
        var oneAtATime = new ThreadPoolExecutor(0, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING_CHANGES), Thread.ofVirtual().name("registrar").factory());
        return new Registrar(registry, log, () -> UUID.randomUUID().toString(), oneAtATime);
    }

    @Produces
    @Singleton
    Addressing addressing(Vault vault) {
        return new Addressing(vault);
    }

    @Produces
    @Singleton
    Intake intake(Addressing addressing, TouchpointLog log, Tally tally) {
        return new Intake(addressing, log, tally);
    }

    @Produces
    @Singleton
    FileImport.Tools importTools(Admission admission, Addressing addressing, TouchpointLog log, Tally tally, InstantSource clock) {
        return new FileImport.Tools(admission, addressing, log, tally, clock);
    }

    @Produces
    @Singleton
    Bodies bodies(Vertx vertx) {
        return new Bodies(vertx, config.bodyTimeout());
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
        var file = required(config.vaultKeyFile(), "THROUGHLINE_VAULT_KEY_FILE", "the file with the key of identity tokens, 64 hexadecimal digits");
        try {
            return new HmacVault(Files.readString(file));
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
        return checked(() -> new KafkaSettings(servers, log.topic(), log.partitions(), log.definitions(), log.replication(), log.minInSync(),
                log.deliveryTimeout(), log.linger(), config.memory().asLongValue() + PRODUCER_SLACK));
    }

    @Produces
    @Singleton
    KafkaLog log(KafkaSettings kafka, MeterRegistry meters) {
        return new KafkaLog(kafka, Figures.acknowledgementTimer(meters));
    }

    void close(@Disposes KafkaLog log) {
        log.close();
    }

    @Produces
    @Singleton
    KafkaDefinitions definitions(KafkaSettings kafka, SourceRegistry registry) {
        return new KafkaDefinitions(kafka, registry);
    }

    void close(@Disposes KafkaDefinitions definitions) {
        definitions.close();
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
