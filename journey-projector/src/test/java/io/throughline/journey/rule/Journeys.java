package io.throughline.journey.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.file.RuleFiles;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// Evaluates short journeys in tests.
final class Journeys {

    static final String LONG_AFTER = "9000-01-01T00:00:00Z";

    private Journeys() {}

    static Rulebook rulebook(String yaml) {
        return RuleFiles.read("test.yaml", yaml);
    }

    static SmallEvaluation.Result evaluate(Rulebook rulebook, String asOf, Event... events) {
        return evaluate(rulebook, OffsetDateTime.parse(asOf).toInstant(), Arrays.stream(events).map(Event::touchpoint).toList());
    }

    static SmallEvaluation.Result evaluate(Rulebook rulebook, Instant asOf, Collection<Touchpoint> events) {
        return evaluate(rulebook, asOf, Watermarks.none(), events);
    }

    static SmallEvaluation.Result evaluate(Rulebook rulebook, Instant asOf, Watermarks watermarks, Collection<Touchpoint> events) {
        var evaluation = rulebook.beginSmall(asOf, watermarks);
        events.stream().sorted().forEach(evaluation::accept);
        return evaluation.finish();
    }

    /// An event of one day in May: `at("10:00", "a")`.
    static Event at(String time, String type) {
        return Event.event("2026-05-04T" + time + ":00Z", type);
    }

    /// @param data JSON, in which single quotes stand for double ones
    static Event at(String time, String type, String data) {
        return Event.event("2026-05-04T" + time + ":00Z", type, data);
    }

    static Activation only(SmallEvaluation.Result outcome) {
        assertThat(outcome.activations()).hasSize(1);
        return outcome.activations().getFirst();
    }

    /// Each piece of evidence as `b@10:00 response`.
    static List<String> evidence(Activation activation) {
        return activation.evidence().stream().map(piece -> piece.event().id().replaceAll("@.*T", "@").replace(":00Z", "") + " " + piece.role().wire()).toList();
    }

    static List<Verdict> verdicts(SmallEvaluation.Result outcome) {
        return outcome.activations().stream().map(Activation::verdict).toList();
    }
}
