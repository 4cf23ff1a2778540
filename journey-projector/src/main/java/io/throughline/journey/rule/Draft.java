package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import io.throughline.journey.rule.work.Exhausted;
import io.throughline.journey.rule.work.Meter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An activation in the making.
final class Draft {

    private record Piece(Role role, Touchpoint event) implements Comparable<Piece> {
        @Override
        public int compareTo(Piece other) {
            return event.compareTo(other.event);
        }
    }

    private final Rule rule;
    private final long place;
    private final Meter courtesy;
    private final Touchpoint named;
    private final Verdict verdict;
    private final List<Piece> evidence = new ArrayList<>(2);
    private final List<String> notes = new ArrayList<>(0);
    private Instant activationAt;
    private @Nullable Deadline deadline;
    private @Nullable NearestMiss nearestMiss;
    private @Nullable Instant brokenAt;
    private @Nullable Instant metAt;
    private @Nullable String group;
    private @Nullable Touchpoint other;
    private @Nullable Pieces gathered;

    /// @param place among the activations of its rule
    /// @param named the event that names the activation
    /// @param courtesy pays for what is shown of events that are long
    Draft(Rule rule, long place, Touchpoint named, Verdict verdict, Meter courtesy) {
        this.rule = rule;
        this.courtesy = courtesy;
        this.place = place;
        this.named = named;
        this.verdict = verdict;
        this.activationAt = named.occurredAt();
    }

    Draft activatedAt(Instant time) {
        activationAt = time;
        return this;
    }

    Draft due(@Nullable Deadline by) {
        deadline = by;
        return this;
    }

    /// A verdict about the past is due at once.
    Draft dueAtTheActivation() {
        return due(new Deadline(activationAt, "at the activation"));
    }

    /// In whatever order; after what was [#gathered] only what the verdict cannot do without, in the order of the journey.
    Draft evidence(Role role, @Nullable Touchpoint event) {
        if (gathered != null) {
            gathered.name(role, event);
        } else if (event != null) {
            evidence.add(new Piece(role, event));
        }
        return this;
    }

    /// What has come in in the order of the journey.
    Draft gathered(Pieces pieces) {
        gathered = pieces;
        return this;
    }

    Draft note(String note) {
        notes.add(note);
        return this;
    }

    /// Where only the total order decided what came first.
    Draft noteOrder(Touchpoint candidate) {
        boolean sameInstant = candidate.occurredAt().equals(named.occurredAt());
        return sameInstant ? note("same instant; order by " + candidate.order().decidedBy(named.order())) : this;
    }

    Draft missed(@Nullable NearestMiss nearest) {
        nearestMiss = nearest;
        return this;
    }

    Draft broken(@Nullable Instant at) {
        brokenAt = at;
        return this;
    }

    Draft met(@Nullable Instant late) {
        metAt = late;
        return this;
    }

    Draft group(String key) {
        group = key;
        return this;
    }

    /// What explanations call `other`.
    Draft other(@Nullable Touchpoint event) {
        other = event;
        return this;
    }

    Activation activation() {
        var parameters = verdict == Verdict.SATISFIED ? Map.<String, String>of() : rule.explanation().parameters(shown(named), shown(other), deadline);
        return new Activation(rule, place, List.of(EventRef.to(named)), activationAt, verdict, deadline, proof(), nearestMiss, brokenAt, metAt, notes,
                parameters, group, Map.of());
    }

    /// `null` where there is nothing left to pay for reading it.
    private @Nullable Touchpoint shown(@Nullable Touchpoint event) {
        if (event == null || event.payload().toRead() == 0) {
            return event;
        }
        try {
            courtesy.check();
            courtesy.spend(event.payload().toRead());
            return event;
        } catch (Exhausted _) {
            return null;
        }
    }

    private Proof proof() {
        if (gathered != null) {
            return gathered.proof();
        }
        if (evidence.size() > 1) {
            evidence.sort(null);
        }
        var pieces = new ArrayList<Evidence>(evidence.size());
        for (var piece : evidence) {
            pieces.add(Evidence.of(piece.role(), piece.event()));
        }
        return Proof.of(pieces);
    }

    Judgement certain() {
        return Judgement.certain(activation());
    }
}
