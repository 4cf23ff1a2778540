package io.throughline.journey.rule;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Collects the verdicts of one journey, and when they can change.
///
/// Trackers judge as if all sources were heard. What they call violated rests on an absence, so here it is held back until the sources
/// that could prove it wrong are heard through the deadline.
final class Verdicts {

    private final Watermarks watermarks;
    private final List<Activation> activations = new ArrayList<>();
    private final Map<String, Instant> awaited = new TreeMap<>();
    private @Nullable Instant nextChange;

    Verdicts(Watermarks watermarks) {
        this.watermarks = watermarks;
    }

    void add(Activation activation) {
        activations.add(switch (activation.verdict()) {
            case SATISFIED, UNDETERMINED -> activation;
            case PENDING -> pending(activation);
            case VIOLATED -> violated(activation);
        });
    }

    /// Something may be different from `time` on.
    void changesAt(Instant time) {
        nextChange = nextChange == null || time.isBefore(nextChange) ? time : nextChange;
    }

    Outcome outcome() {
        return new Outcome(activations, nextChange, awaited);
    }

    private Activation pending(Activation activation) {
        if (activation.deadline() != null) {
            changesAt(activation.deadline().at().plus(1, ChronoUnit.MICROS));
        }
        return activation;
    }

    private Activation violated(Activation activation) {
        var needed = watermarks.neededBy(activation.rule().pattern().needed());
        return needed.isEmpty() ? activation : unlessUnheard(activation, activation.deadline().at(), needed);
    }

    private Activation unlessUnheard(Activation violation, Instant through, List<SourceState> needed) {
        var at = watermarks.at();
        var unheard = needed.stream().filter(source -> !source.isHeardThrough(through, at)).toList();
        if (unheard.isEmpty()) {
            return violation;
        }
        unheard.forEach(source -> await(source, through));
        var silent = unheard.stream().filter(source -> source.isOverdue(through, at)).toList();
        return silent.isEmpty()
                ? violation.heldBack(Verdict.PENDING, notes("awaited: ", unheard))
                : violation.heldBack(Verdict.UNDETERMINED, notes("silent: ", silent));
    }

    private void await(SourceState source, Instant through) {
        if (source.heartbeat() != null) {
            awaited.merge(source.name(), through, (one, other) -> one.isBefore(other) ? one : other);
        }
        if (!source.isOverdue(through, watermarks.at())) {
            changesAt(source.nextChange(through));
        }
    }

    private static List<String> notes(String word, List<SourceState> sources) {
        return sources.stream().map(source -> word + source.name()).toList();
    }
}
