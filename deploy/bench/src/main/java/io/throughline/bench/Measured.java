package io.throughline.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/// One figure with its bare limit, round by round.
///
/// @param bare empty where nothing bare can be compared
/// @param goal empty where none was set
/// @param notes what else was seen, by name
record Measured(String name, String unit, List<Double> ours, List<Double> bare, Optional<Goal> goal, SequencedMap<String, Object> notes) {

    Measured {
        ours = List.copyOf(ours);
        bare = List.copyOf(bare);
    }

    double figure() {
        return median(ours);
    }

    /// Not a number where there is none.
    double limit() {
        return median(bare);
    }

    /// Of rates only. A waiting time is not a multiple of the bare one, which may be next to nothing: a reader of the log can be quicker than the answer.
    OptionalDouble ratio() {
        return unit.endsWith("/s") && limit() > 0 ? OptionalDouble.of(figure() / limit()) : OptionalDouble.empty();
    }

    Optional<Boolean> reached() {
        return goal.map(set -> set.reached(figure(), limit()));
    }

    /// The middle one, or the mean of the two in the middle; not a number of none.
    static double median(List<Double> values) {
        return percentile(values.stream().mapToDouble(Double::doubleValue).sorted().toArray(), 0.5);
    }

    /// The value below which this part of the sorted values lies; between two values, in proportion.
    static double percentile(double[] sorted, double part) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = part * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
