package io.throughline.journey.rule;

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

    static Outcome evaluate(Rulebook rulebook, String asOf, Event... events) {
        return evaluate(rulebook, OffsetDateTime.parse(asOf).toInstant(), Arrays.stream(events).map(Event::touchpoint).toList());
    }

    static Outcome evaluate(Rulebook rulebook, Instant asOf, Collection<Touchpoint> events) {
        return evaluate(rulebook, asOf, Watermarks.none(), events);
    }

    static Outcome evaluate(Rulebook rulebook, Instant asOf, Watermarks watermarks, Collection<Touchpoint> events) {
        var evaluation = rulebook.begin(asOf, watermarks);
        events.stream().sorted().forEach(evaluation::accept);
        return evaluation.finish();
    }

    static List<Verdict> verdicts(Outcome outcome) {
        return outcome.activations().stream().map(Activation::verdict).toList();
    }
}
