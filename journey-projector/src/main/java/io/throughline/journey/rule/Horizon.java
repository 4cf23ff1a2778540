package io.throughline.journey.rule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The time of which verdicts are asked.
///
/// @param end when the journey was over for the rule; `null` while it goes on
/// @param cut whether events came that were not looked at: what could still change is not known then
record Horizon(Instant asOf, @Nullable Instant end, boolean cut) {

    /// When the time for something was up: with the deadline or, where there is none, with the journey. `null` while it is not.
    @Nullable Instant passed(@Nullable Deadline deadline) {
        if (deadline == null) {
            return end;
        }
        return deadline.hasPassedAt(asOf) ? deadline.at() : null;
    }

    Horizon endingAt(@Nullable Instant over) {
        return new Horizon(asOf, over, cut);
    }
}
