package io.throughline.journey.rule;

import io.throughline.journey.rule.cel.ValueExpression;
import io.throughline.journey.rule.time.CalendarSpan;
import io.throughline.journey.rule.value.Correlation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Each use of a fact carries the value that the fact had at the use, or one that it held until an instant t with use ≤ t + grace.
///
/// @param value what a use carries
/// @param grace without it only the value at the use will do; with `P0D` also one replaced at that very instant
public record Propagation(Selector when, ValueExpression value, Fact fact, @Nullable CalendarSpan grace) implements Pattern {

    static final int USE = 1;
    static final int SET = 1 << 1;

    /// Something about a customer that events set and others use, such as the postal address.
    ///
    /// @param value what a setting sets; an event without it is no setting
    /// @param key which fact it is, where a customer has several; present and equal on setting and use
    public record Fact(Selector set, ValueExpression value, Correlation key) {}

    @Override
    public String name() {
        return "propagation";
    }

    @Override
    public List<Selector> selectors() {
        return List.of(when, fact.set());
    }
}
