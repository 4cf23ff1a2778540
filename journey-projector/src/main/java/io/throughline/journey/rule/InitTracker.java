package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;

/// Looks at the first event of a journey.
final class InitTracker implements Tracker {

    InitTracker(Docket docket, Init init, Touchpoint first) {
        boolean matches = init.expect().names(first.type()) && init.expect().selects(first, docket.meter());
        var draft = docket.draft(docket.open(first.occurredAt()), first, matches ? Verdict.SATISFIED : Verdict.VIOLATED)
                .dueAtTheActivation().evidence(Role.ACTIVATION, first).group("");
        docket.settle(matches ? draft.certain() : draft.broken(first.occurredAt()).certain().unless(init.expect(), first.occurredAt()));
    }

    @Override
    public void see(Touchpoint event, int roles) {}

    @Override
    public void conclude(Horizon horizon) {}
}
