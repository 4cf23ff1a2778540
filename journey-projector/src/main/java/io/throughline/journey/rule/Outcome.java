package io.throughline.journey.rule;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What all rules say about one journey at one evaluation time.
///
/// @param activations in the order of the rulebook, those of one rule in the order of the journey
/// @param nextChange the earliest later time at which a verdict can change although no event arrives: just after a pending
///     deadline, or when an event occurs that this evaluation time does not see yet; `null` if never
public record Outcome(List<Activation> activations, @Nullable Instant nextChange) {

    public Outcome {
        activations = List.copyOf(activations);
    }
}
