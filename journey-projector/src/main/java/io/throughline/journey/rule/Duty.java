package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one activation of a [Response] asks for, until it is settled. Once it is, it has handed in its verdict and keeps nothing.
abstract sealed class Duty permits Obligation, Prohibition {

    /// The keys under which it waits.
    ///
    /// @param match for what answers it
    /// @param until for what closes its window
    record Keys(String match, String until) {

        long weight() {
            return 2L * (match.length() + (match == until ? 0 : until.length()));
        }
    }

    private final Docket docket;
    private final long place;
    private final Touchpoint activation;
    private final Keys keys;
    private final @Nullable Deadline deadline;
    private long held;
    private boolean over;

    /// @param overhead bytes of memory beside the events
    Duty(Docket docket, Touchpoint activation, Keys keys, @Nullable Deadline deadline, int overhead) {
        this.docket = docket;
        this.place = docket.open(activation.occurredAt());
        this.activation = activation;
        this.keys = keys;
        this.deadline = deadline;
        hold(overhead + keys.weight() + activation.weight());
    }

    final Docket docket() {
        return docket;
    }

    final Keys keys() {
        return keys;
    }

    final Touchpoint activation() {
        return activation;
    }

    final @Nullable Deadline deadline() {
        return deadline;
    }

    /// No later event can change it.
    final boolean isOver() {
        return over;
    }

    /// Whether the deadline has passed at `moment`.
    final boolean isLate(Instant moment) {
        return deadline != null && deadline.hasPassedAt(moment);
    }

    /// Bytes kept until it is settled.
    final void hold(long bytes) {
        held += bytes;
        docket.meter().hold(bytes);
    }

    /// Adds to `pieces`, which are kept.
    final void keep(Pieces pieces, Role role, Touchpoint event) {
        long before = pieces.weight();
        pieces.add(role, event);
        hold(pieces.weight() - before);
    }

    final Draft draft(Verdict verdict, @Nullable Pieces pieces) {
        var draft = docket.draft(place, activation, verdict).due(deadline);
        return pieces == null ? draft.evidence(Role.ACTIVATION, activation) : draft.gathered(pieces);
    }

    final void settle(Judgement judgement) {
        over = true;
        forget();
        docket.meter().release(held);
        docket.settle(judgement);
    }

    /// Settled: what was kept for the verdict is no longer needed.
    abstract void forget();

    /// A candidate that agrees with the activation in `by`.
    abstract void offer(Touchpoint candidate);

    /// The window ends here, unless it has ended.
    abstract void close(Touchpoint closer, Role role);

    /// Not before the last event of the journey has been seen.
    abstract void conclude(Horizon horizon);
}
