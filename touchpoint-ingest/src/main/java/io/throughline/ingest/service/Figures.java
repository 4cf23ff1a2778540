package io.throughline.ingest.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import io.throughline.events.catalogue.Catalogue;
import io.throughline.ingest.Admission.Decision;
import io.throughline.ingest.Budget;
import io.throughline.ingest.Tally;
import io.throughline.ingest.WarnedTypes;
import io.throughline.ingest.http.ImportsRoute;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/// What can be watched at `/q/metrics`.
@Singleton
final class Figures implements Tally {

    private static final String EVENTS = "throughline.ingest.events";

    private final MeterRegistry meters;
    private final Counter accepted;
    private final Counter unknown;
    private final Counter unregisteredType;
    private final WarnedTypes warned;

    Figures(MeterRegistry meters, WarnedTypes warned) {
        this.meters = meters;
        this.warned = warned;
        this.accepted = meters.counter(EVENTS, "outcome", "accepted", "code", "none");
        this.unknown = meters.counter(EVENTS, "outcome", "unknown", "code", "outcome-unknown");
        this.unregisteredType = Counter.builder("throughline.ingest.unregistered.types")
                .description("events of a type for which their source is not registered")
                .register(meters);
    }

    void register(@Observes StartupEvent started, Budget budget, ImportsRoute imports) {
        meters.gauge("throughline.ingest.bytes.held", budget, Budget::used);
        meters.gauge("throughline.ingest.imports.running", imports, ImportsRoute::running);
    }

    static LongConsumer acknowledgementTimer(MeterRegistry meters) {
        var timer = Timer.builder("throughline.ingest.acknowledgement")
                .description("from handing an event to the log until all in-sync replicas have it")
                .serviceLevelObjectives(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(1))
                .register(meters);
        return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void accepted() {
        accepted.increment();
    }

    @Override
    public void rejected(String code) {
        meters.counter(EVENTS, "outcome", "rejected", "code", code).increment();
    }

    @Override
    public void refused(String code) {
        meters.counter("throughline.ingest.requests.refused", "code", code).increment();
    }

    @Override
    public void unknown() {
        unknown.increment();
    }

    @Override
    public void taken(Decision.Accepted event) {
        if (event.unregisteredType()) {
            unregisteredType.increment();
        }
        if (!event.warnings().isEmpty()) {
            warned.add(event);
            var type = event.event().attributes().type();
            // Types that are none of the catalogue share one label: a sender may make up any number of them.
            meters.counter("throughline.ingest.warned.events", "type", Catalogue.find(type).isPresent() ? type : "other").increment();
        }
    }
}
