package io.throughline.bench;

import java.util.List;

/// What is said while measuring.
final class Lines {
    private Lines() {}

    /// The last round of each.
    static String round(Measurement measurement, int round, List<Double> ours, List<Double> bare, String unit) {
        return "%s %d: %,.0f %s, bare %,.0f".formatted(measurement.name(), round, ours.getLast(), unit, bare.getLast());
    }
}
