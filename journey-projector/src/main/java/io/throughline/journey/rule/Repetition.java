package io.throughline.journey.rule;

import io.throughline.journey.rule.time.Span;
import io.throughline.journey.rule.value.Correlation;
import java.util.List;

/// What `when` selects does not pile up: a run of events, each of which ends a window with at least `count` of them, is one violation.
///
/// @param by each key piles up for itself
public record Repetition(Selector when, Correlation by, int count, Span within) implements Pattern {

    @Override
    public String name() {
        return "repetition";
    }

    @Override
    public List<Selector> selectors() {
        return List.of(when);
    }
}
