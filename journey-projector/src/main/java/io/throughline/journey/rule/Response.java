package io.throughline.journey.rule;

import io.throughline.journey.rule.cel.Condition;
import io.throughline.journey.rule.value.Correlation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Each event that `when` selects is followed, in the total order, by one that `expect` selects, correlates and meets `where`, in time.
///
/// @param where over the activation as `this` and the candidate as `other`
/// @param within without it the obligation stays open for ever
public record Response(Selector when, Selector expect, Correlation by, @Nullable Condition where, @Nullable Window within) implements Pattern {

    static final int WHEN = 1;
    static final int EXPECT = 1 << 1;

    @Override
    public String name() {
        return "response";
    }

    @Override
    public List<Selector> selectors() {
        return List.of(when, expect);
    }

    @Override
    public Selector needed() {
        return expect;
    }
}
