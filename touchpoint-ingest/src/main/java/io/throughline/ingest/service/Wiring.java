package io.throughline.ingest.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.throughline.ingest.Addressing;
import io.throughline.ingest.Admission;
import io.throughline.ingest.Intake;
import io.throughline.ingest.Limits;
import io.throughline.ingest.Sources;
import io.throughline.ingest.Tally;
import io.throughline.ingest.TouchpointLog;
import io.throughline.ingest.Vault;
import io.throughline.ingest.WarnedTypes;
import io.throughline.ingest.http.Bodies;
import io.throughline.ingest.imports.FileImport;
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
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Makes the parts of ingest, and puts them together. What they are set to is checked by [Settings].
@Singleton
final class Wiring {

    /// How many changes of sources may wait for their turn.
    private static final int WAITING_CHANGES = 64;

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    Admission admission(Limits limits, Sources sources) {
        return new Admission(limits, sources);
    }

    @Produces
    @Singleton
    WarnedTypes warnedTypes() {
        return new WarnedTypes();
    }

    @Produces
    @Singleton
    SourceRegistry registry() {
        return new SourceRegistry();
    }

    @Produces
    @Singleton
    Registrar registrar(SourceRegistry registry, DefinitionLog log) {
        var oneAtATime = new ThreadPoolExecutor(
                0, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING_CHANGES), Thread.ofVirtual().name("registrar").factory());
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
    Bodies bodies(Vertx vertx, IngestConfig config) {
        return new Bodies(vertx, config.bodyTimeout());
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
}
