package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import io.throughline.journey.rule.NearestMiss.Failed;
import io.throughline.journey.rule.Why.Candidate;
import io.throughline.journey.rule.work.Meter;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Goes through a journey for the events that came closest to being what one activation asks for: fewest conditions failed, then closest in
/// time, then first in the journey.
final class CandidateSearch {

    /// How many are told of.
    static final int MAX_CANDIDATES = 20;

    /// Units of work of one comparison, condition by condition and with what is said of each.
    private static final int COMPARISON = 4;

    private record Ranked(Touchpoint event, List<Failed> failed, Duration distance) {
        static final Comparator<Ranked> NEAREST_FIRST = Comparator.comparingInt((Ranked one) -> one.failed().size())
                .thenComparing(Ranked::distance)
                .thenComparing(Ranked::event);

        Candidate candidate() {
            return new Candidate(EventRef.to(event), event.type(), event.occurredAt(), failed);
        }
    }

    private final Activation activation;
    private final Touchpoint event;
    private final Candidacy candidacy;
    private final Meter meter;
    private final Map<EventRef, Role> evidence = new HashMap<>();
    private final TreeSet<Ranked> nearest = new TreeSet<>(Ranked.NEAREST_FIRST);
    private @Nullable Ranked told;
    private long compared;

    CandidateSearch(Activation activation, Touchpoint event, Meter meter) {
        this.activation = activation;
        this.event = event;
        this.meter = meter;
        this.candidacy = Candidacy.of(activation, event, meter);
        activation.evidence().forEach(piece -> evidence.put(piece.event(), piece.role()));
    }

    Activation activation() {
        return activation;
    }

    /// @param ref of the candidate
    void consider(Touchpoint candidate, EventRef ref) {
        boolean itself = ref.equals(activation.events().getFirst());
        if (couldMatter(candidate, itself, evidence.get(ref))) {
            meter.spend(COMPARISON);
            compared++;
            rank(candidate, ref, evidence.containsKey(ref));
        }
    }

    /// Only a journey's beginning is its own candidate, and a neighbour is one whatever it is.
    private boolean couldMatter(Touchpoint candidate, boolean itself, @Nullable Role role) {
        return itself ? activation.rule().pattern() instanceof Init : role == Role.NEIGHBOUR || candidacy.concerns(candidate.type());
    }

    private void rank(Touchpoint candidate, EventRef ref, boolean counts) {
        boolean nearestToTheEvaluator = activation.nearestMiss() != null && activation.nearestMiss().event().equals(ref);
        var failed = candidacy.failures(candidate);
        if (failed.isEmpty()) {
            failed = nearestToTheEvaluator ? activation.nearestMiss().failed() : counts ? List.of() : List.of(candidacy.settled());
        }
        if (failed.isEmpty()) {
            return;
        }
        var ranked = new Ranked(candidate, failed, candidacy.distance(candidate));
        told = nearestToTheEvaluator ? ranked : told;
        nearest.add(ranked);
        if (nearest.size() > MAX_CANDIDATES) {
            nearest.pollLast();
        }
    }

    Why.Shown result(List<Why.Awaited> awaited) {
        var candidates = nearest.stream().map(Ranked::candidate).toList();
        return new Why.Shown(activation, event.type(), nearestMiss(candidates), candidates, compared, awaited);
    }

    /// What the finding says it is, where there is one: the evaluator looks no further than it must.
    private @Nullable Candidate nearestMiss(List<Candidate> candidates) {
        if (told != null) {
            return told.candidate();
        }
        return activation.verdict() == Verdict.SATISFIED || candidates.isEmpty() ? null : candidates.getFirst();
    }
}
