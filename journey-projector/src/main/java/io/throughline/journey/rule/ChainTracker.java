package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Follows the neighbours of a [Chain]'s activations.
final class ChainTracker implements Tracker {

    /// Bytes of memory of a link that waits, beside its event.
    private static final int OVERHEAD = 150;

    /// An activation and its neighbour, once there is one.
    private record Link(long place, Touchpoint activation, @Nullable Deadline deadline, @Nullable Touchpoint neighbour) {}

    private final Docket docket;
    private final Chain chain;
    private final Pairing pairing;
    /// Those whose neighbour is still to come.
    private final List<Link> waiting = new ArrayList<>(2);
    private @Nullable Touchpoint previous;

    ChainTracker(Docket docket, Chain chain) {
        this.docket = docket;
        this.chain = chain;
        this.pairing = chain.pairing();
    }

    /// First as a neighbour of what came before, then as an activation.
    @Override
    public void see(Touchpoint event, int roles) {
        boolean neighbour = (roles & Chain.NEIGHBOUR) != 0 && chain.counts(event.type());
        if (neighbour && !waiting.isEmpty()) {
            meet(event);
        }
        if ((roles & Chain.WHEN) != 0 && pairing.when().selects(event, docket.meter())) {
            activate(event);
        }
        previous = neighbour ? event : previous;
    }

    private void meet(Touchpoint neighbour) {
        for (int i = 0; i < waiting.size(); i++) {
            var link = waiting.get(i);
            var met = new Link(link.place(), link.activation(), link.deadline(), neighbour);
            boolean matches = matches(met);
            docket.meter().release(weight(link));
            docket.settle(chain.forbids() ? judgeForbidden(met, matches) : judgeExpected(met, matches));
            waiting.set(i, met);
        }
        waiting.clear();
    }

    private boolean matches(Link link) {
        docket.meter().spend(1 + link.activation().payload().toRead() + link.neighbour().payload().toRead());
        return pairing.matches(link.activation(), link.neighbour(), docket.meter());
    }

    private void activate(Touchpoint event) {
        long place = docket.open(event.occurredAt());
        var due = docket.key(pairing.by(), event).isEmpty() ? new Due.Unknown(pairing.by().reason(event)) : Due.of(chain.within(), event, docket);
        var link = new Link(place, event, due.deadline(), chain.looksBack() ? previous : null);
        if (due instanceof Due.Unknown(var reason)) {
            docket.settle(draft(link, Verdict.UNDETERMINED, null).note(reason).certain());
        } else if (chain.looksBack()) {
            docket.settle(judgeBack(link));
        } else {
            docket.meter().hold(weight(link));
            waiting.add(link);
        }
    }

    private static long weight(Link link) {
        return OVERHEAD + link.activation().weight();
    }

    @Override
    public void conclude(Horizon horizon) {
        waiting.stream().filter(link -> link.neighbour() == null)
                .forEach(link -> docket.settle(judgeWithout(link, horizon.passed(link.deadline()))));
    }

    private Judgement judgeBack(Link link) {
        boolean matches = link.neighbour() != null && matches(link);
        if (matches) {
            return draft(link, Verdict.SATISFIED, null).evidence(Role.PRECEDENT, link.neighbour()).noteOrder(link.neighbour()).certain();
        }
        var at = link.activation().occurredAt();
        return broken(draft(link, Verdict.VIOLATED, null), link, at, () -> Comparison.before(pairing, link.activation(), null, docket.rule().zone()))
                .certain().unless(pairing.expect(), at);
    }

    private Judgement judgeWithout(Link link, @Nullable Instant passed) {
        if (passed == null) {
            return draft(link, Verdict.PENDING, link.deadline()).certain();
        }
        var verdict = chain.forbids() ? Verdict.SATISFIED : Verdict.VIOLATED;
        return draft(link, verdict, link.deadline()).broken(chain.forbids() ? null : passed).certain().unless(pairing.expect(), passed);
    }

    private Judgement judgeForbidden(Link link, boolean matches) {
        var neighbour = link.neighbour();
        var at = neighbour.occurredAt();
        return matches
                ? draft(link, Verdict.VIOLATED, null).evidence(Role.FORBIDDEN, neighbour).other(neighbour).broken(at).noteOrder(neighbour).certain()
                : draft(link, Verdict.SATISFIED, null).evidence(Role.NEIGHBOUR, neighbour).certain().unless(pairing.expect(), at);
    }

    private Judgement judgeExpected(Link link, boolean matches) {
        var deadline = link.deadline();
        var at = link.neighbour().occurredAt();
        boolean late = deadline != null && deadline.hasPassedAt(at);
        if (matches && !late) {
            return draft(link, Verdict.SATISFIED, deadline).evidence(Role.RESPONSE, link.neighbour()).noteOrder(link.neighbour()).certain();
        }
        var brokenAt = late ? deadline.at() : at;
        var draft = broken(draft(link, Verdict.VIOLATED, deadline), link, brokenAt, () -> Comparison.after(pairing, link.activation(), deadline));
        return draft.met(matches ? at : null).certain().unless(pairing.expect(), brokenAt);
    }

    private Draft broken(Draft draft, Link link, Instant at, Supplier<Comparison> comparison) {
        var nearest = link.neighbour() == null ? null : NearestMissSearch.in(docket, comparison, search -> {
            search.consider(link.neighbour());
            return search.result();
        });
        return draft.evidence(Role.NEIGHBOUR, link.neighbour()).other(link.neighbour()).broken(at).missed(nearest);
    }

    private Draft draft(Link link, Verdict verdict, @Nullable Deadline deadline) {
        var draft = docket.draft(link.place(), link.activation(), verdict).due(deadline).evidence(Role.ACTIVATION, link.activation());
        return chain.looksBack() ? draft.dueAtTheActivation() : draft;
    }
}
