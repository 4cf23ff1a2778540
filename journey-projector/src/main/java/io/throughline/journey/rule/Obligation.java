package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that matches must come in the window, as often as the rule says.
final class Obligation extends Duty {

    /// Bytes of memory beside the events.
    private static final int OVERHEAD = 600;

    private final Response response;
    private final Surroundings surroundings;
    /// Where more than one must come: those that came.
    private @Nullable Pieces matches;

    Obligation(Docket docket, Response response, Touchpoint activation, Keys keys, @Nullable Deadline deadline, Surroundings surroundings) {
        super(docket, activation, keys, deadline, OVERHEAD);
        this.response = response;
        this.surroundings = surroundings;
    }

    @Override
    void offer(Touchpoint candidate) {
        if (!response.pairing().joins(activation(), candidate, docket().meter())) {
            if (surroundings.noteCorrelated(candidate)) {
                hold(candidate.weight());
            }
        } else if (response.min() == 1) {
            met(candidate, draft(isLate(candidate) ? Verdict.VIOLATED : Verdict.SATISFIED).evidence(role(candidate), candidate));
        } else if (match(candidate) == response.min()) {
            met(candidate, draft(isLate(candidate) ? Verdict.VIOLATED : Verdict.SATISFIED));
        }
    }

    private long match(Touchpoint candidate) {
        matches = matches == null ? new Pieces().name(Role.ACTIVATION, activation()) : matches;
        keep(matches, role(candidate), candidate);
        return matches.count() - 1;
    }

    private Role role(Touchpoint candidate) {
        return isLate(candidate) ? Role.LATE_RESPONSE : Role.RESPONSE;
    }

    private void met(Touchpoint last, Draft draft) {
        settle(isLate(last) ? brokenByTime(draft, deadline().at(), last) : draft.noteOrder(last).certain());
    }

    /// By something that came before the activation.
    void metBefore(Touchpoint precedent) {
        settle(draft(Verdict.SATISFIED).evidence(Role.PRECEDENT, precedent).noteOrder(precedent).certain());
    }

    @Override
    void close(Touchpoint closer, Role role) {
        if (isOver()) {
            return;
        }
        if (isLate(closer)) {
            settle(brokenByTime(draft(Verdict.VIOLATED), deadline().at(), null));
            return;
        }
        var broken = broken(draft(Verdict.VIOLATED), closer.occurredAt(), null).evidence(role, closer).other(closer).certain();
        settle(role == Role.FAILURE ? broken : broken.unless(response.answers(), closer.occurredAt()));
    }

    /// Its deadline has passed, and it waits no longer for being met late.
    void giveUp(String note) {
        settle(brokenByTime(draft(Verdict.VIOLATED).note(note), deadline().at(), null));
    }

    private boolean isLate(Touchpoint event) {
        return isLate(event.occurredAt());
    }

    @Override
    void forget() {
        matches = null;
        surroundings.forget();
    }

    @Override
    void conclude(Horizon horizon) {
        if (!isOver()) {
            var passed = horizon.passed(deadline());
            settle(passed == null ? draft(Verdict.PENDING).certain() : brokenByTime(draft(Verdict.VIOLATED), passed, null));
        }
    }

    private Judgement brokenByTime(Draft draft, Instant at, @Nullable Touchpoint late) {
        var broken = broken(draft, at, late).other(late);
        return (late == null ? broken : broken.met(late.occurredAt())).certain().unless(response.answers(), at);
    }

    private Draft broken(Draft draft, Instant at, @Nullable Touchpoint late) {
        var more = late == null ? List.<Touchpoint>of() : List.of(late);
        return draft.broken(at).missed(NearestMissSearch.in(docket(),
                () -> response.comparison(response.pairing(), activation(), deadline(), docket().rule().zone()), search -> surroundings.nearestMiss(search, more)));
    }

    private Draft draft(Verdict verdict) {
        return draft(verdict, matches);
    }
}
