package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Nothing that matches may come in the window.
final class Prohibition implements Duty {

    private final Rule rule;
    private final Pairing pairing;
    private final Touchpoint activation;
    private final @Nullable Deadline deadline;
    private List<Touchpoint> matches = List.of();
    private @Nullable Instant closedAt;

    Prohibition(Rule rule, Pairing pairing, Touchpoint activation, @Nullable Deadline deadline) {
        this.rule = rule;
        this.pairing = pairing;
        this.activation = activation;
        this.deadline = deadline;
    }

    @Override
    public boolean isOver() {
        return closedAt != null || matches.size() > Draft.MAX_EVIDENCE;
    }

    @Override
    public void offer(Touchpoint candidate) {
        endBefore(candidate);
        if (closedAt == null && pairing.joins(activation, candidate)) {
            matches = matches.isEmpty() ? new ArrayList<>(1) : matches;
            matches.add(candidate);
        }
    }

    @Override
    public void close(Touchpoint closer, Role role) {
        endBefore(closer);
        closedAt = closedAt == null ? closer.occurredAt() : closedAt;
    }

    private void endBefore(Touchpoint event) {
        if (closedAt == null && deadline != null && deadline.hasPassedAt(event.occurredAt())) {
            closedAt = deadline.at();
        }
    }

    @Override
    public Judgement judge(Horizon horizon, boolean incomplete) {
        var over = closedAt == null ? horizon.passed(deadline) : closedAt;
        if (!matches.isEmpty()) {
            var first = matches.getFirst();
            var draft = draft(Verdict.VIOLATED).evidence(Role.FORBIDDEN, matches).other(first).broken(first.occurredAt()).noteOrder(first);
            return (incomplete ? draft.note(Budget.NOTE) : draft).certain();
        }
        if (incomplete) {
            return draft(Verdict.UNDETERMINED).note(Budget.NOTE).certain();
        }
        return over == null ? draft(Verdict.PENDING).certain() : draft(Verdict.SATISFIED).certain().unless(pairing.expect(), over);
    }

    private Draft draft(Verdict verdict) {
        return new Draft(rule, activation, verdict).due(deadline).evidence(Role.ACTIVATION, activation);
    }
}
