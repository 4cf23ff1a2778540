package io.throughline.journey.rule;

import io.throughline.events.OrderKey;
import io.throughline.journey.Touchpoint;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One journey under all rules in one pass, as of one time. Cheap to begin; used once, by one thread.
public final class Evaluation {

    private final Rulebook rulebook;
    private final Instant asOf;
    private final Watermarks watermarks;
    private final @Nullable Tracker[] trackers;
    private @Nullable Touchpoint first;
    private @Nullable OrderKey last;
    private @Nullable Instant firstLater;

    Evaluation(Rulebook rulebook, Instant asOf, Watermarks watermarks) {
        this.rulebook = rulebook;
        this.asOf = Objects.requireNonNull(asOf, "asOf");
        this.watermarks = watermarks;
        if (asOf.isAfter(watermarks.at())) {
            throw new IllegalArgumentException("asOf " + asOf + " lies after the evaluation time of the watermarks, " + watermarks.at());
        }
        this.trackers = new Tracker[rulebook.rules().size()];
    }

    /// The next event of the journey. One later than `asOf` changes nothing but [Outcome#nextChange].
    ///
    /// @throws IllegalArgumentException unless `event` comes after all accepted before, in the total order
    public void accept(Touchpoint event) {
        if (last != null && last.compareTo(event.order()) >= 0) {
            throw new IllegalArgumentException("events are accepted once and in the order of the journey; out of order: " + EventRef.to(event));
        }
        last = event.order();
        if (!event.occurredAt().isAfter(asOf)) {
            if (first == null) {
                first = event;
                rulebook.everyJourney().forEach(this::tracker);
            }
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
            tracker = Tracker.of(rulebook.rules().get(rule), first);
            trackers[rule] = tracker;
        }
        return tracker;
    }

    /// The verdicts of all rules.
    public Outcome finish() {
        var verdicts = new Verdicts(watermarks);
        var horizon = new Horizon(asOf, null);
        for (int i = 0; i < trackers.length; i++) {
            if (trackers[i] != null) {
                for (var judgement : trackers[i].conclude(horizon)) {
                    if (rulebook.governs(i, judgement.activation().activationAt())) {
                        verdicts.add(judgement);
                    }
                }
                var end = trackers[i].endsAt();
                if (end != null) {
                    verdicts.changesAt(end);
                }
            }
        }
        if (firstLater != null) {
            verdicts.changesAt(firstLater);
        }
        return verdicts.outcome();
    }
}
