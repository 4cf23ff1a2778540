package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Follows the neighbours of a [Chain]'s activations.
final class ChainTracker implements Tracker {

    /// An activation and its neighbour, once there is one.
    private static final class Link {
        final Touchpoint activation;
        final Due due;
        @Nullable Touchpoint neighbour;

        Link(Touchpoint activation, Due due, @Nullable Touchpoint neighbour) {
            this.activation = activation;
            this.due = due;
            this.neighbour = neighbour;
        }
    }

    private final Rule rule;
    private final Chain chain;
    private final Pairing pairing;
    private final List<Link> links = new ArrayList<>();
    private int awaiting;
    private @Nullable Touchpoint previous;

    ChainTracker(Rule rule, Chain chain) {
        this.rule = rule;
        this.chain = chain;
        this.pairing = chain.pairing();
    }

    /// First as a neighbour of what came before, then as an activation.
    @Override
    public void see(Touchpoint event, int roles) {
        boolean neighbour = (roles & Chain.NEIGHBOUR) != 0 && chain.counts(event.type());
        if (neighbour && !chain.looksBack()) {
            for (; awaiting < links.size(); awaiting++) {
                links.get(awaiting).neighbour = event;
            }
        }
        if ((roles & Chain.WHEN) != 0 && pairing.when().selects(event)) {
            links.add(new Link(event, due(event), chain.looksBack() ? previous : null));
        }
        previous = neighbour ? event : previous;
    }

    private Due due(Touchpoint event) {
        return pairing.by().key(event).isEmpty() ? new Due.Unknown(pairing.by().reason(event)) : Due.of(chain.within(), event, rule.zone());
    }

    @Override
    public List<Judgement> conclude(Horizon horizon) {
        return links.stream().map(link -> judge(link, horizon)).toList();
    }

    private Judgement judge(Link link, Horizon horizon) {
        if (link.due instanceof Due.Unknown(var reason)) {
            return draft(link, Verdict.UNDETERMINED).note(reason).certain();
        }
        return chain.looksBack() ? judgeBack(link) : judgeAhead(link, link.due.deadline(), horizon);
    }

    private Judgement judgeBack(Link link) {
        boolean matches = link.neighbour != null && pairing.matches(link.activation, link.neighbour);
        if (matches) {
            return draft(link, Verdict.SATISFIED).evidence(Role.PRECEDENT, link.neighbour).noteOrder(link.neighbour).certain();
        }
        var draft = draft(link, Verdict.VIOLATED);
        return broken(draft, link, link.activation.occurredAt(),
                new NearestMissSearch(Comparison.before(pairing, link.activation, null, rule.zone()))).certain()
                .unless(pairing.expect(), link.activation.occurredAt());
    }

    private Judgement judgeAhead(Link link, @Nullable Deadline deadline, Horizon horizon) {
        if (link.neighbour == null) {
            return judgeWithout(link, deadline, horizon.passed(deadline));
        }
        boolean matches = pairing.matches(link.activation, link.neighbour);
        return chain.forbids() ? judgeForbidden(link, matches) : judgeExpected(link, deadline, matches);
    }

    private Judgement judgeWithout(Link link, @Nullable Deadline deadline, @Nullable Instant passed) {
        if (passed == null) {
            return draft(link, Verdict.PENDING, deadline).certain();
        }
        var verdict = chain.forbids() ? Verdict.SATISFIED : Verdict.VIOLATED;
        return draft(link, verdict, deadline).broken(chain.forbids() ? null : passed).certain().unless(pairing.expect(), passed);
    }

    private Judgement judgeForbidden(Link link, boolean matches) {
        var at = link.neighbour.occurredAt();
        return matches
                ? draft(link, Verdict.VIOLATED).evidence(Role.FORBIDDEN, link.neighbour).other(link.neighbour).broken(at).noteOrder(link.neighbour).certain()
                : draft(link, Verdict.SATISFIED).evidence(Role.NEIGHBOUR, link.neighbour).certain().unless(pairing.expect(), at);
    }

    private Judgement judgeExpected(Link link, @Nullable Deadline deadline, boolean matches) {
        var at = link.neighbour.occurredAt();
        boolean late = deadline != null && deadline.hasPassedAt(at);
        if (matches && !late) {
            return draft(link, Verdict.SATISFIED, deadline).evidence(Role.RESPONSE, link.neighbour).noteOrder(link.neighbour).certain();
        }
        var brokenAt = late ? deadline.at() : at;
        var draft = broken(draft(link, Verdict.VIOLATED, deadline), link, brokenAt,
                new NearestMissSearch(Comparison.after(pairing, link.activation, deadline)));
        return draft.met(matches ? at : null).certain().unless(pairing.expect(), brokenAt);
    }

    private static Draft broken(Draft draft, Link link, Instant at, NearestMissSearch search) {
        if (link.neighbour != null) {
            search.consider(link.neighbour);
        }
        return draft.evidence(Role.NEIGHBOUR, link.neighbour).other(link.neighbour).broken(at).missed(search.result());
    }

    private Draft draft(Link link, Verdict verdict) {
        var draft = draft(link, verdict, null);
        return chain.looksBack() ? draft.dueAtTheActivation() : draft;
    }

    private Draft draft(Link link, Verdict verdict, @Nullable Deadline deadline) {
        return new Draft(rule, link.activation, verdict).due(deadline).evidence(Role.ACTIVATION, link.activation);
    }
}
