package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import io.throughline.journey.rule.value.ExactJson;
import io.throughline.journey.rule.value.NormalisedValue;
import org.jspecify.annotations.Nullable;

/// Holds each statement of a [Contradiction] against those before it.
final class ContradictionTracker implements Tracker {

    /// @param across where it comes from, in a form that can be compared
    private record Statement(Touchpoint event, NormalisedValue value, String across) {

        boolean contradicts(Statement other) {
            return !value.equals(other.value) && !across.equals(other.across);
        }
    }

    /// The statements against one.
    private static final class Against {
        final Pieces pieces = new Pieces();
        @Nullable Touchpoint last;

        void add(Touchpoint event) {
            pieces.add(Role.STATEMENT, event);
            last = event;
        }
    }

    private final Docket docket;
    private final Contradiction pattern;
    private final Pairing pairing;
    private final Memory<Statement> statements;

    ContradictionTracker(Docket docket, Contradiction pattern) {
        this.docket = docket;
        this.pattern = pattern;
        this.pairing = pattern.pairing();
        this.statements = new Memory<>(pairing.by(), pattern.within(), docket);
    }

    @Override
    public void see(Touchpoint event, int roles) {
        if (pairing.when().selects(event, docket.meter())) {
            judge(event);
        }
    }

    @Override
    public void conclude(Horizon horizon) {}

    private void judge(Touchpoint event) {
        var key = docket.key(pairing.by(), event);
        if (key.isEmpty()) {
            unknown(event, pairing.by().reason(event));
            return;
        }
        var value = docket.normalised(pattern.value().of(event, docket.meter()));
        if (value.isEmpty()) {
            unknown(event, pattern.value().reason(event));
            return;
        }
        var across = pattern.across().of(event, docket.meter());
        if (ExactJson.isMissing(across)) {
            unknown(event, pattern.across().reason(event));
            return;
        }
        var statement = new Statement(event, value.get(), docket.key(across));
        var against = new Against();
        statements.forEach(key.get(), event, earlier -> {
            docket.meter().spend(1);
            if (statement.contradicts(earlier) && pairing.joins(event, earlier.event(), docket.meter())) {
                docket.meter().spend(1);
                against.add(earlier.event());
            }
        });
        statements.add(key.get(), event, statement, 2L * (statement.value().canonical().length() + statement.across().length()));
        judge(event, against);
    }

    private void judge(Touchpoint event, Against against) {
        if (against.last == null) {
            docket.settle(draft(event, Verdict.SATISFIED).evidence(Role.ACTIVATION, event).certain());
            return;
        }
        docket.settle(draft(event, Verdict.VIOLATED).gathered(against.pieces.name(Role.ACTIVATION, event)).other(against.last).broken(event.occurredAt())
                .noteOrder(against.last).certain());
    }

    private void unknown(Touchpoint event, String reason) {
        docket.settle(draft(event, Verdict.UNDETERMINED).evidence(Role.ACTIVATION, event).note(reason).certain());
    }

    private Draft draft(Touchpoint event, Verdict verdict) {
        return docket.draft(docket.open(event.occurredAt()), event, verdict).dueAtTheActivation();
    }
}
