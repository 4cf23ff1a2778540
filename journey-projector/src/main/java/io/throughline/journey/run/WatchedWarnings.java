package io.throughline.journey.run;

import io.throughline.journey.query.Journeys;
import io.throughline.journey.query.Journeys.Snapshot;
import io.throughline.journey.query.Warnings;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Warnings for those who look often: metrics and health. Asked of the database at most every few seconds; while it does not answer, the last
/// ones stand.
final class WatchedWarnings {

    private static final Logger LOG = Logger.getLogger(WatchedWarnings.class);
    private static final long OLD_AFTER_NANOS = Duration.ofSeconds(5).toNanos();

    private final Journeys journeys;
    private Warnings latest = Warnings.NONE;
    private long askedAt = System.nanoTime() - OLD_AFTER_NANOS;

    WatchedWarnings(Journeys journeys) {
        this.journeys = journeys;
    }

    synchronized Warnings latest() {
        if (System.nanoTime() - askedAt >= OLD_AFTER_NANOS) {
            try {
                latest = journeys.read(Snapshot::warnings);
            } catch (RuntimeException noAnswer) {
                LOG.debugf("Warnings stand as they were: %s", noAnswer.getMessage());
            }
            askedAt = System.nanoTime();
        }
        return latest;
    }
}
