package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that matches must come in the window, as often as the rule says.
final class Obligation implements Duty {

    private final Rule rule;
    private final Response response;
    private final Touchpoint activation;
    private final @Nullable Deadline deadline;
    private final Surroundings surroundings;
    private List<Touchpoint> matches = List.of();
    private @Nullable Judgement settled;

    Obligation(Rule rule, Response response, Touchpoint activation, @Nullable Deadline deadline, Surroundings surroundings) {
        this.rule = rule;
        this.response = response;
        this.activation = activation;
        this.deadline = deadline;
        this.surroundings = surroundings;
    }

    @Override
    public boolean isOver() {
        return settled != null;
    }

    @Override
    public void offer(Touchpoint candidate) {
        if (!response.pairing().joins(activation, candidate)) {
            surroundings.noteCorrelated(candidate);
            return;
        }
        matches = matches.isEmpty() ? new ArrayList<>(1) : matches;
        matches.add(candidate);
        if (matches.size() == response.min()) {
            settle(isLate(candidate) ? brokenByTime(deadline.at(), candidate) : satisfied(candidate));
        }
    }

    /// By something that came before the activation.
    void metBefore(Touchpoint precedent) {
        settle(draft(Verdict.SATISFIED).evidence(Role.PRECEDENT, precedent).noteOrder(precedent).certain());
    }

    @Override
    public void close(Touchpoint closer, Role role) {
        if (settled != null) {
            return;
        }
        if (isLate(closer)) {
            settle(brokenByTime(deadline.at(), null));
            return;
        }
        var broken = broken(closer.occurredAt(), null).evidence(role, closer).other(closer).certain();
        settle(role == Role.FAILURE ? broken : broken.unless(response.answers(), closer.occurredAt()));
    }

    private boolean isLate(Touchpoint event) {
        return deadline != null && deadline.hasPassedAt(event.occurredAt());
    }

    private void settle(Judgement judgement) {
        settled = judgement;
        matches = List.of();
        surroundings.forget();
    }

    @Override
    public Judgement judge(Horizon horizon, boolean incomplete) {
        if (settled != null) {
            return settled;
        }
        if (incomplete) {
            return draft(Verdict.UNDETERMINED).note(Budget.NOTE).certain();
        }
        var passed = horizon.passed(deadline);
        return passed == null ? draft(Verdict.PENDING).certain() : brokenByTime(passed, null);
    }

    private Judgement satisfied(Touchpoint last) {
        return draft(Verdict.SATISFIED).noteOrder(last).certain();
    }

    private Judgement brokenByTime(Instant at, @Nullable Touchpoint late) {
        var draft = broken(at, late).other(late);
        return (late == null ? draft : draft.met(late.occurredAt())).certain().unless(response.answers(), at);
    }

    private Draft broken(Instant at, @Nullable Touchpoint late) {
        var search = new NearestMissSearch(response.comparison(response.pairing(), activation, deadline, rule.zone()));
        var more = late == null ? List.<Touchpoint>of() : List.of(late);
        return draft(Verdict.VIOLATED).broken(at).missed(surroundings.nearestMiss(search, more));
    }

    private Draft draft(Verdict verdict) {
        var draft = new Draft(rule, activation, verdict).due(deadline).evidence(Role.ACTIVATION, activation);
        matches.forEach(match -> draft.evidence(isLate(match) ? Role.LATE_RESPONSE : Role.RESPONSE, match));
        return draft;
    }
}
