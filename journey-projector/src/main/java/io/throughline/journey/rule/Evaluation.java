package io.throughline.journey.rule;

import io.throughline.events.OrderKey;
import io.throughline.journey.Touchpoint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One journey under all rules in one pass, as of one time. Cheap to begin; used once, by one thread.
public final class Evaluation {

    private final Rulebook rulebook;
    private final Instant asOf;
    private final @Nullable Tracker[] trackers;
    private @Nullable OrderKey last;
    private @Nullable Instant firstLater;

    Evaluation(Rulebook rulebook, Instant asOf) {
        this.rulebook = rulebook;
        this.asOf = Objects.requireNonNull(asOf, "asOf");
        this.trackers = new Tracker[rulebook.rules().size()];
    }

    /// The next event of the journey. One later than the evaluation time changes nothing but [Outcome#nextChange].
    ///
    /// @throws IllegalArgumentException unless `event` comes after all accepted before, in the total order
    public void accept(Touchpoint event) {
        if (last != null && last.compareTo(event.order()) >= 0) {
            throw new IllegalArgumentException("events are accepted once and in the order of the journey; out of order: " + EventRef.to(event));
        }
        last = event.order();
        if (!event.occurredAt().isAfter(asOf)) {
            for (var route : rulebook.routes(event.type())) {
                tracker(route.rule()).see(event, route.roles());
            }
        } else if (firstLater == null) {
            firstLater = event.occurredAt();
        }
    }

    private Tracker tracker(int rule) {
        var tracker = trackers[rule];
        if (tracker == null) {
            tracker = Tracker.of(rulebook.rules().get(rule));
            trackers[rule] = tracker;
        }
        return tracker;
    }

    /// The verdicts of all rules.
    public Outcome finish() {
        var activations = new ArrayList<Activation>();
        for (var tracker : trackers) {
            if (tracker != null) {
                activations.addAll(tracker.conclude(asOf));
            }
        }
        return new Outcome(activations, nextChange(activations));
    }

    private @Nullable Instant nextChange(List<Activation> activations) {
        var next = firstLater;
        for (var activation : activations) {
            if (activation.verdict() == Verdict.PENDING && activation.deadline() != null) {
                var passed = activation.deadline().at().plus(1, ChronoUnit.MICROS);
                next = next == null || passed.isBefore(next) ? passed : next;
            }
        }
        return next;
    }
}
