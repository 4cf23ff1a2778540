package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import java.util.List;

/// Looks at the first event of a journey.
final class InitTracker implements Tracker {

    private final Rule rule;
    private final Init init;
    private final Touchpoint first;

    InitTracker(Rule rule, Init init, Touchpoint first) {
        this.rule = rule;
        this.init = init;
        this.first = first;
    }

    @Override
    public void see(Touchpoint event, int roles) {}

    @Override
    public List<Judgement> conclude(Horizon horizon) {
        boolean matches = init.expect().names(first.type()) && init.expect().selects(first);
        return List.of(matches ? draft(Verdict.SATISFIED).certain() : broken());
    }

    private Judgement broken() {
        return draft(Verdict.VIOLATED).broken(first.occurredAt()).certain().unless(init.expect(), first.occurredAt());
    }

    private Draft draft(Verdict verdict) {
        return new Draft(rule, first, verdict).dueAtTheActivation().evidence(Role.ACTIVATION, first).group("");
    }
}
