package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far one journey has come under one rule. Fed in the total order; used once. It hands in each verdict as soon as no later event can
/// change it, and keeps only what is open.
interface Tracker {

    /// @param roles bit i: the event is of a type that selector i of the rule names
    void see(Touchpoint event, int roles);

    /// Hands in the verdicts of what is open at the horizon, which no seen event is later than. Spends nothing but the courtesy.
    void conclude(Horizon horizon);

    /// When the journey will be over if nothing more happens; `null` if it will not, or is.
    default @Nullable Instant endsAt() {
        return null;
    }

    /// @param first the first event of the journey
    static Tracker of(Docket docket, Touchpoint first) {
        var tracker = ofPattern(docket, first);
        return docket.rule().ending().isNever() ? tracker : new EndingTracker(docket, tracker);
    }

    private static Tracker ofPattern(Docket docket, Touchpoint first) {
        return switch (docket.rule().pattern()) {
            case Response response -> new ResponseTracker(docket, response);
            case Precedence precedence -> new PrecedenceTracker(docket, precedence);
            case Chain chain -> new ChainTracker(docket, chain);
            case Counting counting -> new CountingTracker(docket, counting, first);
            case CoExistence coExistence -> new CoExistenceTracker(docket, coExistence);
            case Init init -> new InitTracker(docket, init, first);
            case Propagation propagation -> new PropagationTracker(docket, propagation);
            case Contradiction contradiction -> new ContradictionTracker(docket, contradiction);
            case Repetition repetition -> new RepetitionTracker(docket, repetition);
            case Conformance conformance -> new ConformanceTracker(docket, conformance);
        };
    }
}
