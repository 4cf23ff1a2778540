package io.throughline.ingest.kafka;

import java.util.Optional;
import org.jboss.logging.Logger.Level;

/// How loud an outage is said, and whether it is said at all. What is not there yet while a service starts is no fault until that takes too long: a clean
/// first start, which makes its topics, leaves no warning. For one thread.
final class OutageLevel {
    /// A broker that starts beside us needs less, also on a busy machine.
    private static final long START_NANOS = 60_000_000_000L;

    private final long begun;
    private boolean served;
    private String said = "";
    private Level saidAt = Level.DEBUG;

    /// @param now in nanoseconds, as in [System#nanoTime]
    OutageLevel(long now) {
        this.begun = now;
    }

    /// It is out, or still out.
    ///
    /// @return empty where nothing has changed since this was last asked
    Optional<Level> out(String reason, long now) {
        var level = served || now - begun > START_NANOS ? Level.WARN : Level.INFO;
        if (reason.equals(said) && level == saidAt) {
            return Optional.empty();
        }
        said = reason;
        saidAt = level;
        return Optional.of(level);
    }

    /// It serves; what goes out from now on is a fault.
    void over() {
        served = true;
        said = "";
    }
}
