package io.throughline.journey.run;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.throughline.journey.publish.Publisher;

/// What operators see of a projector, by name.
final class Figures {

    private Figures() {}

    /// Shows what these have counted, for as long as they are held elsewhere.
    static void show(MeterRegistry meters, Projection live, Publisher publisher, WatchedWarnings warnings) {
        Gauge.builder("throughline.projector.lag", live, Projection::lag)
                .description("Records of the partitions owned here that are not projected yet").register(meters);
        FunctionCounter.builder("throughline.projector.records", live, Projection::records)
                .description("Records of the log that were projected").register(meters);
        FunctionCounter.builder("throughline.projector.fenced", live, Projection::fenced)
                .description("Batches given up because another owner had taken over").register(meters);
        FunctionCounter.builder("throughline.projector.evaluated", live, Projection::evaluated)
                .description("Journeys that were evaluated").register(meters);
        FunctionCounter.builder("throughline.projector.published", publisher, Publisher::published)
                .description("Revisions of findings that were published from here").register(meters);
        Gauge.builder("throughline.projector.evaluation.delay", warnings, watched -> watched.latest().behind().toMillis() / 1000.0).baseUnit("seconds")
                .description("How far evaluation time is behind the database's clock").register(meters);
        Gauge.builder("throughline.projector.set.aside", warnings, watched -> watched.latest().setAside())
                .description("Persons whose evaluation fails").register(meters);
        Gauge.builder("throughline.projector.over.budget", warnings, watched -> watched.latest().overBudget())
                .description("Persons with a rule that would cost too much").register(meters);
        Gauge.builder("throughline.projector.unpublished", warnings, watched -> watched.latest().unpublished())
                .description("Revisions of findings that their topic refuses").register(meters);
    }
}
