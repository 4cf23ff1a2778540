package io.throughline.journey.rule;

import io.throughline.journey.rule.cel.Condition;
import io.throughline.journey.rule.cel.ValueExpression;
import io.throughline.journey.rule.time.Span;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// No statement of a fact has an earlier one against it that says something else and comes from elsewhere.
///
/// @param pairing of a later statement (`this`) with an earlier one (`other`): both are what `when` selects
/// @param value what a statement says
/// @param across where it comes from
/// @param within how much later the later one may come
public record Contradiction(Pairing pairing, ValueExpression value, ValueExpression across, @Nullable Span within) implements Pattern {

    @Override
    public String name() {
        return "contradiction";
    }

    @Override
    public List<Selector> selectors() {
        return List.of(pairing.when());
    }

    @Override
    public Stream<Condition> conditions() {
        return pairing.conditions();
    }
}
