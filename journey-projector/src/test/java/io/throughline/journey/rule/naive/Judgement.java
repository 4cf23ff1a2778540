package io.throughline.journey.rule.naive;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the checker says about one activation.
///
/// @param activation source#id of the event that names the finding
/// @param deadline where the rule gives one; of patterns that look back, the activation's own time is not told as one
/// @param metAt of a violation: when the obligation was met after all
/// @param evidence of a violation by events that are there: these events beside the activation, in the order of the journey; else `null`
record Judgement(String activation, Word verdict, @Nullable Instant deadline, @Nullable Instant metAt, @Nullable List<String> evidence) {

    enum Word { SATISFIED, PENDING, VIOLATED, UNDETERMINED }

    static Judgement of(PlainEvent activation, Word verdict) {
        return new Judgement(activation.name(), verdict, null, null, null);
    }

    Judgement by(@Nullable Instant deadline) {
        return new Judgement(activation, verdict, deadline == null || deadline.equals(Instant.MAX) ? null : deadline, metAt, evidence);
    }

    Judgement metAt(@Nullable PlainEvent event) {
        return new Judgement(activation, verdict, deadline, event == null || verdict != Word.VIOLATED ? null : event.occurredAt(), evidence);
    }

    Judgement on(List<PlainEvent> events) {
        return new Judgement(activation, verdict, deadline, metAt, events.stream().sorted().map(PlainEvent::name).toList());
    }
}
