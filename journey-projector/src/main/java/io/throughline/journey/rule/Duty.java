package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import org.jspecify.annotations.Nullable;

/// What one activation of a [Response] asks for, until it is settled. Once it is, it has handed in its verdict and keeps nothing.
sealed interface Duty permits Obligation, Prohibition {

    /// The keys under which it waits.
    ///
    /// @param match for what answers it
    /// @param until for what closes its window
    record Keys(String match, String until) {

        long weight() {
            return 2L * (match.length() + (match == until ? 0 : until.length()));
        }
    }

    Keys keys();

    Touchpoint activation();

    @Nullable Deadline deadline();

    /// No later event can change it.
    boolean isOver();

    /// A candidate that agrees with the activation in `by`.
    void offer(Touchpoint candidate);

    /// The window ends here, unless it has ended.
    void close(Touchpoint closer, Role role);

    /// Not before the last event of the journey has been seen.
    void conclude(Horizon horizon);
}
