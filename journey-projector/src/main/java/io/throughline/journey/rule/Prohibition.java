package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Nothing that matches may come in the window.
final class Prohibition extends Duty {

    /// Bytes of memory beside the events.
    private static final int OVERHEAD = 300;

    private final Pairing pairing;
    private @Nullable Pieces matches;
    private @Nullable Touchpoint first;

    Prohibition(Docket docket, Pairing pairing, Touchpoint activation, Keys keys, @Nullable Deadline deadline) {
        super(docket, activation, keys, deadline, OVERHEAD);
        this.pairing = pairing;
    }

    @Override
    void offer(Touchpoint candidate) {
        endBefore(candidate.occurredAt());
        if (!isOver() && pairing.joins(activation(), candidate, docket().meter())) {
            if (matches == null) {
                matches = new Pieces().name(Role.ACTIVATION, activation());
                first = candidate;
                hold(candidate.weight());
            }
            keep(matches, Role.FORBIDDEN, candidate);
        }
    }

    @Override
    void close(Touchpoint closer, Role role) {
        endBefore(closer.occurredAt());
        if (!isOver()) {
            settle(closer.occurredAt());
        }
    }

    /// The window ends with its deadline, if that lies before `now`.
    void endBefore(Instant now) {
        if (!isOver() && isLate(now)) {
            settle(deadline().at());
        }
    }

    @Override
    void conclude(Horizon horizon) {
        if (!isOver()) {
            settle(horizon.passed(deadline()));
        }
    }

    /// @param at when the window ended; `null` where it is open
    private void settle(@Nullable Instant at) {
        settle(judgement(at));
    }

    @Override
    void forget() {
        matches = null;
        first = null;
    }

    private Judgement judgement(@Nullable Instant at) {
        if (matches != null) {
            return draft(Verdict.VIOLATED, matches).other(first).broken(first.occurredAt()).noteOrder(first).certain();
        }
        return at == null
                ? draft(Verdict.PENDING, null).certain()
                : draft(Verdict.SATISFIED, null).certain().unless(pairing.expect(), at);
    }
}
