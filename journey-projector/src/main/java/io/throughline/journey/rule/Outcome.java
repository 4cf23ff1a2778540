package io.throughline.journey.rule;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What there is to know, beside the verdicts, of one journey under all rules at one evaluation time. It stands until an event of the journey
/// arrives, `nextChange` comes, or a source is heard as far as it is awaited.
///
/// @param nextChange the earliest later evaluation time at which something here can change although nothing arrives: just after a pending
///     deadline, when a source has had its time to be heard through one, or when an event occurs that is not seen yet; `null` if never
/// @param awaited by source the earliest instant that its watermark must reach for something here to change. Only sources with a heartbeat:
///     the watermarks of others move with time
/// @param overruns rules that cost more on this journey than a rule may
/// @param work units of work that all rules took, see [io.throughline.journey.rule.work.Limits]
public record Outcome(@Nullable Instant nextChange, Map<String, Instant> awaited, List<Overrun> overruns, long work) {

    public Outcome {
        overruns = List.copyOf(overruns);
        awaited = Map.copyOf(awaited);
    }
}
