package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;

/// What one activation of a [Response] asks for, until it is settled or asked for at the end.
sealed interface Duty permits Obligation, Prohibition, Unknowable {

    /// No later event can change it.
    boolean isOver();

    /// A candidate that agrees with the activation in `by`.
    void offer(Touchpoint candidate);

    /// The window ends here, unless it has ended.
    void close(Touchpoint closer, Role role);

    /// Not before the last event of the journey has been seen.
    ///
    /// @param incomplete not every pair of events was compared
    Judgement judge(Horizon horizon, boolean incomplete);
}
