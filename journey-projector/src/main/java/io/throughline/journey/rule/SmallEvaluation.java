package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An [Evaluation] that keeps all verdicts: for journeys that are known to be small.
public final class SmallEvaluation {

    private final Map<Rule, Integer> places = new IdentityHashMap<>();
    private final List<Activation> activations = new ArrayList<>();
    private final Evaluation evaluation;

    SmallEvaluation(Rulebook rulebook, Instant asOf, Watermarks watermarks) {
        rulebook.rules().forEach(rule -> places.put(rule, places.size()));
        evaluation = rulebook.begin(asOf, watermarks, activations::add);
    }

    /// @param activations in the order of the rulebook, those of one rule in the order of the journey
    public record Result(List<Activation> activations, Outcome outcome) {

        public @Nullable Instant nextChange() {
            return outcome.nextChange();
        }

        public Map<String, Instant> awaited() {
            return outcome.awaited();
        }
    }

    /// The next event, as [Evaluation#accept].
    public void accept(Touchpoint event) {
        evaluation.accept(event);
    }

    public Result finish() {
        var outcome = evaluation.finish();
        activations.sort(Comparator.comparingInt((Activation activation) -> places.get(activation.rule())).thenComparing(Activation::place));
        return new Result(List.copyOf(activations), outcome);
    }
}
