package io.throughline.journey.rule.naive;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.Event;
import io.throughline.journey.rule.EventRef;
import io.throughline.journey.rule.Evidence;
import io.throughline.journey.rule.Rulebook;
import io.throughline.journey.rule.SmallEvaluation;
import io.throughline.journey.rule.SourceState;
import io.throughline.journey.rule.Watermarks;
import io.throughline.journey.rule.file.RuleFiles;
import io.throughline.journey.rule.naive.Judgement.Word;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the evaluator says about a case, in the checker's words.
final class Evaluated {

    private Evaluated() {}

    static Rulebook rulebook(JsonNode rule) {
        return RuleFiles.read("case.json", rule.toString());
    }

    static List<Judgement> judge(Rulebook rulebook, Case of) {
        return outcome(rulebook, of).activations().stream().map(Evaluated::judgement).toList();
    }

    static SmallEvaluation.Result outcome(Rulebook rulebook, Case of) {
        var evaluation = rulebook.beginSmall(of.asOf(), watermarks(of));
        touchpoints(of).forEach(evaluation::accept);
        return evaluation.finish();
    }

    static Stream<Touchpoint> touchpoints(Case of) {
        return of.events().stream().map(Evaluated::event).map(Event::touchpoint).sorted();
    }

    static Watermarks watermarks(Case of) {
        return new Watermarks(of.time(), of.sources().stream().map(source -> state(source, of.time())).toList());
    }

    private static Event event(PlainEvent event) {
        return new Event(event.occurredAt().toString(), event.type(), event.data().isMissingNode() ? null : event.data().toString(), event.source(),
                event.id(), event.recordedAt().toString(), event.channel(), event.sequence(), knownTime(event));
    }

    /// Any: no verdict depends on when the company knew of an event, and the checker has not heard of it.
    private static @Nullable String knownTime(PlainEvent event) {
        return switch (Math.floorMod(event.id().hashCode(), 4)) {
            case 0 -> null;
            case 1 -> "unknown";
            case 2 -> event.occurredAt().toString();
            default -> event.occurredAt().plusSeconds(3_600).toString();
        };
    }

    private static SourceState state(PlainSource source, Instant time) {
        return new SourceState(source.name(), source.types(), source.heartbeat(), source.delay(), lastHeard(source, time));
    }

    private static @Nullable Instant lastHeard(PlainSource source, Instant time) {
        return source.records().stream()
                .filter(record -> !record.recordedAt().isAfter(time))
                .map(record -> Stream.of(record.occurredAt(), record.recordedAt()).min(Comparator.naturalOrder()).orElseThrow())
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static Judgement judgement(Activation activation) {
        return new Judgement(activation.events().getFirst().toString(), Word.valueOf(activation.verdict().name()),
                activation.deadline() == null ? null : activation.deadline().at(), activation.metAt(),
                activation.evidence().stream().map(Evidence::event).map(EventRef::toString).toList());
    }
}
