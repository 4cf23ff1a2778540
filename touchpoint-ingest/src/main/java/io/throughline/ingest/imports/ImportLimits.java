package io.throughline.ingest.imports;

import java.time.Duration;

/// What imports may use.
///
/// @param concurrent how many may run at once
/// @param memory bytes that one import holds for as long as it runs: half of it records on their way to the log
/// @param patience how long the log may stay silent before an import gives up
/// @param retryPause before what failed is handed to the log again
/// @param listedRefusals how many refusals a summary lists
public record ImportLimits(int concurrent, long memory, Duration patience, Duration retryPause, int listedRefusals) {

    public ImportLimits {
        if (concurrent < 1 || listedRefusals < 1) {
            throw new IllegalArgumentException("at least one import and one listed refusal must be allowed");
        }
        if (memory < 1024 * 1024) {
            throw new IllegalArgumentException("an import needs at least 1 MiB of memory");
        }
    }

    Window.Bounds window() {
        return new Window.Bounds(memory / 2, patience, retryPause);
    }
}
