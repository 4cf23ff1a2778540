package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;

/// The activation does not say what the rule needs to know.
record Unknowable(Rule rule, Touchpoint activation, String reason) implements Duty {

    @Override
    public boolean isOver() {
        return true;
    }

    @Override
    public void offer(Touchpoint candidate) {}

    @Override
    public void close(Touchpoint closer, Role role) {}

    @Override
    public Judgement judge(Horizon horizon, boolean incomplete) {
        return new Draft(rule, activation, Verdict.UNDETERMINED).evidence(Role.ACTIVATION, activation).note(reason).certain();
    }
}
