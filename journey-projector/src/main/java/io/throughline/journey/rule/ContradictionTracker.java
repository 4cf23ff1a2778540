package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import io.throughline.journey.rule.value.ExactJson;
import io.throughline.journey.rule.value.NormalisedValue;
import java.util.ArrayList;
import java.util.List;

/// Holds each statement of a [Contradiction] against those before it.
final class ContradictionTracker implements Tracker {

    /// @param across where it comes from, in a form that can be compared
    private record Statement(Touchpoint event, NormalisedValue value, String across) {

        boolean contradicts(Statement other) {
            return !value.equals(other.value) && !across.equals(other.across);
        }
    }

    private final Rule rule;
    private final Contradiction pattern;
    private final Pairing pairing;
    private final Memory<Statement> statements;
    private final List<Judgement> judgements = new ArrayList<>();
    private final Budget budget = new Budget();

    ContradictionTracker(Rule rule, Contradiction pattern) {
        this.rule = rule;
        this.pattern = pattern;
        this.pairing = pattern.pairing();
        this.statements = new Memory<>(pairing.by(), pattern.within(), rule.zone());
    }

    @Override
    public void see(Touchpoint event, int roles) {
        if (pairing.when().selects(event)) {
            judgements.add(judge(event));
        }
    }

    @Override
    public List<Judgement> conclude(Horizon horizon) {
        return List.copyOf(judgements);
    }

    private Judgement judge(Touchpoint event) {
        var key = pairing.by().key(event);
        if (key.isEmpty()) {
            return unknown(event, pairing.by().reason(event));
        }
        var value = NormalisedValue.of(pattern.value().of(event));
        if (value.isEmpty()) {
            return unknown(event, pattern.value().reason(event));
        }
        var across = pattern.across().of(event);
        if (ExactJson.isMissing(across)) {
            return unknown(event, pattern.across().reason(event));
        }
        var statement = new Statement(event, value.get(), ExactJson.key(across));
        var against = statements.latest(key.get(), event, earlier -> budget.spend() && speaksAgainst(statement, earlier), Draft.MAX_EVIDENCE + 1);
        statements.add(event, statement);
        return judge(event, against.stream().map(Statement::event).toList());
    }

    private boolean speaksAgainst(Statement statement, Statement earlier) {
        return statement.contradicts(earlier) && pairing.joins(statement.event(), earlier.event());
    }

    private Judgement judge(Touchpoint event, List<Touchpoint> against) {
        if (against.isEmpty()) {
            return budget.isSpent() ? unknown(event, Budget.NOTE) : draft(event, Verdict.SATISFIED).certain();
        }
        var last = against.getLast();
        var draft = draft(event, Verdict.VIOLATED).evidence(Role.STATEMENT, against).other(last).broken(event.occurredAt()).noteOrder(last);
        return (budget.isSpent() ? draft.note(Budget.NOTE) : draft).certain();
    }

    private Judgement unknown(Touchpoint event, String reason) {
        return draft(event, Verdict.UNDETERMINED).note(reason).certain();
    }

    private Draft draft(Touchpoint event, Verdict verdict) {
        return new Draft(rule, event, verdict).dueAtTheActivation().evidence(Role.ACTIVATION, event);
    }
}
