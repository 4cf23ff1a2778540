package io.throughline.journey.rule;

import io.throughline.events.OrderKey;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.work.Limits;
import io.throughline.journey.rule.work.Meter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One journey under all rules in one pass, as of one time. Cheap to begin; used once, by one thread.
///
/// It holds what is open and nothing else: what is settled it passes on, and of the data of an event no parsed form stays.
public final class Evaluation {

    private final Rulebook rulebook;
    private final Instant asOf;
    private final Verdicts verdicts;
    private final Limits ofARule;
    private final Meter ofAll;
    private final @Nullable Track[] tracks;
    private @Nullable Touchpoint first;
    private @Nullable OrderKey last;
    private @Nullable Instant firstLater;

    Evaluation(Rulebook rulebook, Instant asOf, Watermarks watermarks, Consumer<Activation> verdicts, Limits ofARule) {
        this.rulebook = rulebook;
        this.asOf = Objects.requireNonNull(asOf, "asOf");
        if (asOf.isAfter(watermarks.at())) {
            throw new IllegalArgumentException("asOf " + asOf + " lies after the evaluation time of the watermarks, " + watermarks.at());
        }
        this.verdicts = new Verdicts(asOf, watermarks, verdicts);
        this.ofARule = ofARule;
        this.ofAll = new Meter(ofARule);
        this.tracks = new Track[rulebook.rules().size()];
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
            event.payload().use();
            if (first == null) {
                first = event;
                rulebook.everyJourney().forEach(this::track);
            }
            for (var route : rulebook.routes(event.type())) {
                track(route.rule()).see(event, route.roles());
            }
            event.payload().release();
        } else if (firstLater == null) {
            firstLater = event.occurredAt();
        }
    }

    private Track track(int place) {
        var track = tracks[place];
        if (track == null) {
            var rule = rulebook.rules().get(place);
            track = new Track(new Docket(rule, moment -> rulebook.governs(place, moment), ofAll.share(ofARule), verdicts::add), first);
            tracks[place] = track;
        }
        return track;
    }

    /// Units of work so far, of all rules.
    public long work() {
        long work = 0;
        for (var track : tracks) {
            work += track == null ? 0 : track.work();
        }
        return work;
    }

    /// Passes on the verdicts of what is still open.
    public Outcome finish() {
        var overruns = new ArrayList<Overrun>(0);
        long work = 0;
        for (var track : tracks) {
            if (track != null) {
                track.conclude(asOf);
                var end = track.endsAt();
                if (end != null) {
                    verdicts.changesAt(end);
                }
                if (track.overrun() != null) {
                    overruns.add(track.overrun());
                }
                work += track.work();
            }
        }
        if (firstLater != null) {
            verdicts.changesAt(firstLater);
        }
        return verdicts.outcome(overruns, work);
    }

    /// Bytes that are held for what is open.
    long held() {
        return ofAll.held();
    }
}
