package io.throughline.journey.rule;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What all rules say about one journey at one evaluation time. It stands until an event of the journey arrives, `nextChange` comes, or a
/// source is heard as far as it is awaited.
///
/// @param activations in the order of the rulebook, those of one rule in the order of the journey
/// @param nextChange the earliest later evaluation time at which something here can change although nothing arrives: just after a pending
///     deadline, when a source has had its time to be heard through one, or when an event occurs that is not seen yet; `null` if never
/// @param awaited by source the earliest instant that its watermark must reach for something here to change. Only sources with a heartbeat:
///     the watermarks of others move with time
public record Outcome(List<Activation> activations, @Nullable Instant nextChange, Map<String, Instant> awaited) {

    public Outcome {
        activations = List.copyOf(activations);
        awaited = Map.copyOf(awaited);
    }
}
