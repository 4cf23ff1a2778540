package io.throughline.journey.rule;

import io.throughline.journey.rule.Judgement.Absence;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Passes on the verdicts of one journey, and collects when they can change.
///
/// Trackers judge as if all sources were heard. What rests on an absence is held back here until the sources that could prove it wrong
/// are heard long enough.
final class Verdicts {

    static final String AWAITED = "awaited: ";
    static final String SILENT = "silent: ";

    private final Instant asOf;
    private final Watermarks watermarks;
    private final Consumer<Activation> activations;
    private final Map<String, Instant> awaited = new TreeMap<>();
    private @Nullable Instant nextChange;

    Verdicts(Instant asOf, Watermarks watermarks, Consumer<Activation> activations) {
        this.asOf = asOf;
        this.activations = activations;
        this.watermarks = watermarks;
    }

    void add(Judgement judgement) {
        var activation = judgement.activation();
        if (activation.verdict() == Verdict.PENDING && activation.deadline() != null) {
            changesAt(activation.deadline().at().plus(1, ChronoUnit.MICROS));
        }
        activations.accept(judgement.absence() == null ? activation : unlessUnheard(activation, judgement.absence()));
    }

    /// Something may be different from `time` on.
    ///
    /// @throws IllegalStateException unless that is later than the time of this evaluation: an evaluator that follows it would never stop
    void changesAt(Instant time) {
        if (!time.isAfter(asOf)) {
            throw new IllegalStateException("judged as of " + asOf + ", and to be judged again from " + time + " on");
        }
        nextChange = nextChange == null || time.isBefore(nextChange) ? time : nextChange;
    }

    Outcome outcome(List<Overrun> overruns, long work) {
        return new Outcome(nextChange, awaited, overruns, work);
    }

    /// Of a violation that rests on silence nobody can know in the end; from silence about what is forbidden nothing is alleged, ever.
    private Activation unlessUnheard(Activation activation, Absence absence) {
        var at = watermarks.at();
        var through = absence.through();
        var unheard = watermarks.neededBy(absence.of()).stream().filter(source -> !source.isHeardThrough(through, at)).toList();
        if (unheard.isEmpty()) {
            return activation;
        }
        unheard.forEach(source -> await(source, through));
        var silent = unheard.stream().filter(source -> source.isOverdue(through, at)).toList();
        var needed = unheard.stream().collect(Collectors.toMap(SourceState::name, _ -> through));
        return silent.isEmpty()
                ? activation.heldBack(Verdict.PENDING, notes(AWAITED, unheard), needed)
                : activation.heldBack(activation.verdict() == Verdict.VIOLATED ? Verdict.UNDETERMINED : Verdict.PENDING, notes(SILENT, silent), needed);
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
