package io.throughline.journey.rule;

import io.throughline.journey.rule.cel.Condition;
import io.throughline.journey.rule.time.Span;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where either of two kinds of event occurs, so does the other, or must not: `co-existence` and `not-co-existence`.
///
/// @param pairing `where` sees the one that `when` selects as `this`, whichever came first
/// @param within from the first of either kind
public record CoExistence(boolean forbids, Pairing pairing, @Nullable Span within) implements Pattern {

    static final int ONE = 1;
    static final int OTHER = 1 << 1;

    @Override
    public String name() {
        return forbids ? "not-co-existence" : "co-existence";
    }

    @Override
    public List<Selector> selectors() {
        return List.of(pairing.when(), pairing.expect());
    }

    @Override
    public Stream<Condition> conditions() {
        return pairing.conditions();
    }
}
