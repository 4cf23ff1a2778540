package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import io.throughline.journey.rule.Precedence.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Remembers what a [Precedence] looks back for, and judges each activation at once.
final class PrecedenceTracker implements Tracker {

    private final Rule rule;
    private final Precedence precedence;
    private final Pairing pairing;
    private final Memory<Touchpoint> memory;
    private final Vicinity vicinity = new Vicinity();
    private final Budget budget = new Budget();
    /// A nearest miss may come later, so what is missing is told of at the end.
    private final List<Supplier<Judgement>> judgements = new ArrayList<>();

    PrecedenceTracker(Rule rule, Precedence precedence) {
        this.rule = rule;
        this.precedence = precedence;
        this.pairing = precedence.pairing();
        this.memory = new Memory<>(pairing.by(), precedence.within(), rule.zone());
    }

    /// First as an activation: an event never precedes itself.
    @Override
    public void see(Touchpoint event, int roles) {
        boolean activates = (roles & Precedence.WHEN) != 0 && pairing.when().selects(event);
        if (activates) {
            activate(event);
        }
        if ((roles & Precedence.EXPECT) != 0) {
            if (!precedence.forbids()) {
                vicinity.show(event);
                vicinity.remember(event);
            }
            if (pairing.expect().selects(event)) {
                remember(event);
            }
        }
        if (activates && precedence.kind() == Kind.ALTERNATE) {
            pairing.by().key(event).ifPresent(memory::forget);
        }
    }

    private void remember(Touchpoint event) {
        if (precedence.remembersOne()) {
            pairing.by().key(event).ifPresent(memory::forget);
        }
        memory.add(event, event);
    }

    @Override
    public List<Judgement> conclude(Horizon horizon) {
        return judgements.stream().map(Supplier::get).toList();
    }

    private void activate(Touchpoint event) {
        var key = pairing.by().key(event);
        if (key.isEmpty()) {
            var unknown = draft(event, Verdict.UNDETERMINED).note(pairing.by().reason(event)).certain();
            judgements.add(() -> unknown);
            return;
        }
        int limit = precedence.forbids() ? Draft.MAX_EVIDENCE + 1 : 1;
        var matches = memory.latest(key.get(), event, earlier -> budget.spend() && pairing.joins(event, earlier), limit);
        if (matches.isEmpty() && !budget.isSpent() && !precedence.forbids()) {
            var surroundings = vicinity.around();
            judgements.add(() -> missing(event, surroundings));
        } else {
            var judgement = judge(event, matches);
            judgements.add(() -> judgement);
        }
    }

    private Judgement judge(Touchpoint event, List<Touchpoint> matches) {
        if (matches.isEmpty()) {
            return budget.isSpent()
                    ? draft(event, Verdict.UNDETERMINED).note(Budget.NOTE).certain()
                    : draft(event, Verdict.SATISFIED).certain().unless(pairing.expect(), event.occurredAt());
        }
        var last = matches.getLast();
        if (precedence.forbids()) {
            var draft = draft(event, Verdict.VIOLATED).evidence(Role.FORBIDDEN, matches).other(last).broken(event.occurredAt()).noteOrder(last);
            return (budget.isSpent() ? draft.note(Budget.NOTE) : draft).certain();
        }
        return draft(event, Verdict.SATISFIED).evidence(Role.PRECEDENT, last).noteOrder(last).certain();
    }

    private Judgement missing(Touchpoint event, Surroundings surroundings) {
        var search = new NearestMissSearch(Comparison.before(pairing, event, precedence.within(), rule.zone()));
        return draft(event, Verdict.VIOLATED).broken(event.occurredAt()).missed(surroundings.nearestMiss(search, List.of())).certain()
                .unless(pairing.expect(), event.occurredAt());
    }

    private Draft draft(Touchpoint event, Verdict verdict) {
        return new Draft(rule, event, verdict).dueAtTheActivation().evidence(Role.ACTIVATION, event);
    }
}
