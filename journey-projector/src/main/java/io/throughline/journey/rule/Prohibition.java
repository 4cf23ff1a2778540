package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Nothing that matches may come in the window.
final class Prohibition implements Duty {

    /// Bytes of memory beside the events.
    private static final int OVERHEAD = 300;

    private final Docket docket;
    private final Pairing pairing;
    private final long place;
    private final Touchpoint activation;
    private final Keys keys;
    private final @Nullable Deadline deadline;
    private @Nullable Pieces matches;
    private @Nullable Touchpoint first;
    private long held;
    private boolean over;

    Prohibition(Docket docket, Pairing pairing, Touchpoint activation, Keys keys, @Nullable Deadline deadline) {
        this.docket = docket;
        this.pairing = pairing;
        this.place = docket.open(activation.occurredAt());
        this.activation = activation;
        this.keys = keys;
        this.deadline = deadline;
        hold(OVERHEAD + keys.weight() + activation.weight());
    }

    private void hold(long bytes) {
        held += bytes;
        docket.meter().hold(bytes);
    }

    @Override
    public Keys keys() {
        return keys;
    }

    @Override
    public Touchpoint activation() {
        return activation;
    }

    @Override
    public @Nullable Deadline deadline() {
        return deadline;
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public void offer(Touchpoint candidate) {
        endBefore(candidate.occurredAt());
        if (!over && pairing.joins(activation, candidate, docket.meter())) {
            if (matches == null) {
                matches = new Pieces().name(Role.ACTIVATION, activation);
                first = candidate;
                hold(candidate.weight());
            }
            long before = matches.weight();
            matches.add(Role.FORBIDDEN, candidate);
            hold(matches.weight() - before);
        }
    }

    @Override
    public void close(Touchpoint closer, Role role) {
        endBefore(closer.occurredAt());
        if (!over) {
            settle(closer.occurredAt());
        }
    }

    /// The window ends with its deadline, if that lies before `now`.
    void endBefore(Instant now) {
        if (!over && deadline != null && deadline.hasPassedAt(now)) {
            settle(deadline.at());
        }
    }

    @Override
    public void conclude(Horizon horizon) {
        if (!over) {
            settle(horizon.passed(deadline));
        }
    }

    /// @param at when the window ended; `null` where it is open
    private void settle(@Nullable Instant at) {
        over = true;
        docket.meter().release(held);
        docket.settle(judgement(at));
        matches = null;
        first = null;
    }

    private Judgement judgement(@Nullable Instant at) {
        if (matches != null) {
            return draft(Verdict.VIOLATED).gathered(matches).other(first).broken(first.occurredAt()).noteOrder(first).certain();
        }
        return at == null
                ? draft(Verdict.PENDING).evidence(Role.ACTIVATION, activation).certain()
                : draft(Verdict.SATISFIED).evidence(Role.ACTIVATION, activation).certain().unless(pairing.expect(), at);
    }

    private Draft draft(Verdict verdict) {
        return docket.draft(place, activation, verdict).due(deadline);
    }
}
