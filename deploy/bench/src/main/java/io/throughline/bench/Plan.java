package io.throughline.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How much is measured.
///
/// @param rounds of each measurement; ours and the bare limit take turns
/// @param compiling at full load before the first round: a JVM under full load takes that long to compile what it runs
/// @param warmUp at full load before a rate is taken
/// @param accepting over which a rate is taken
/// @param backlog events on the log before the projector starts
/// @param watching for how long findings are awaited at a steady rate
/// @param hotEvents of the one hot journey
/// @param searched journeys among which is searched
/// @param questions of each kind in a round
/// @param profile where recordings go, if they are wanted
record Plan(int rounds, Duration compiling, Duration warmUp, Duration accepting, int backlog, Duration watching, int hotEvents, int searched, int questions,
        Optional<Path> profile) {

    static Plan full(int rounds, Optional<Path> profile) {
        return new Plan(rounds, Duration.ofSeconds(40), Duration.ofSeconds(5), Duration.ofSeconds(20), 1_000_000, Duration.ofSeconds(60), 100_000, 1_000_000, 200, profile);
    }

    /// In some minutes; good for comparing, not for quoting.
    static Plan quick(int rounds, Optional<Path> profile) {
        return new Plan(rounds, Duration.ofSeconds(20), Duration.ofSeconds(2), Duration.ofSeconds(8), 200_000, Duration.ofSeconds(20), 100_000, 40_000, 50, profile);
    }
}
