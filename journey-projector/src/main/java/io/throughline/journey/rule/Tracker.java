package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import java.time.Instant;
import java.util.List;

/// How far one journey has come under one rule. Fed in the total order; used once.
interface Tracker {

    /// @param roles bit i: the event is of a type that selector i of the pattern names
    void see(Touchpoint event, int roles);

    /// The verdicts at `asOf`, which no seen event is later than, in the order of their activations.
    List<Activation> conclude(Instant asOf);

    static Tracker of(Rule rule) {
        return switch (rule.pattern()) {
            case Response response -> new ResponseTracker(rule, response);
            case Propagation propagation -> new PropagationTracker(rule, propagation);
        };
    }
}
