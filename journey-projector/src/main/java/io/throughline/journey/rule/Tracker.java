package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far one journey has come under one rule. Fed in the total order; used once.
interface Tracker {

    /// @param roles bit i: the event is of a type that selector i of the rule names
    void see(Touchpoint event, int roles);

    /// The verdicts at the horizon, which no seen event is later than, in the order of their activations.
    List<Judgement> conclude(Horizon horizon);

    /// When the journey will be over if nothing more happens; `null` if it will not, or is.
    default @Nullable Instant endsAt() {
        return null;
    }

    /// @param first the first event of the journey
    static Tracker of(Rule rule, Touchpoint first) {
        var tracker = ofPattern(rule, first);
        return rule.ending().isNever() ? tracker : new EndingTracker(rule, tracker);
    }

    private static Tracker ofPattern(Rule rule, Touchpoint first) {
        return switch (rule.pattern()) {
            case Response response -> new ResponseTracker(rule, response);
            case Precedence precedence -> new PrecedenceTracker(rule, precedence);
            case Chain chain -> new ChainTracker(rule, chain);
            case Counting counting -> new CountingTracker(rule, counting, first);
            case CoExistence coExistence -> new CoExistenceTracker(rule, coExistence);
            case Init init -> new InitTracker(rule, init, first);
            case Propagation propagation -> new PropagationTracker(rule, propagation);
            case Contradiction contradiction -> new ContradictionTracker(rule, contradiction);
            case Repetition repetition -> new RepetitionTracker(rule, repetition);
            case Conformance conformance -> new ConformanceTracker(rule, conformance);
        };
    }
}
