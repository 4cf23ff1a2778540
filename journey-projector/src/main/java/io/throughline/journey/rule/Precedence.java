package io.throughline.journey.rule;

import io.throughline.journey.rule.cel.Condition;
import io.throughline.journey.rule.time.Span;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Each event that `when` selects was preceded by a matching one, or was not.
///
/// @param within how long after what precedes it the activation may come; without it, at any time
public record Precedence(Kind kind, Pairing pairing, @Nullable Span within) implements Pattern {

    static final int WHEN = 1;
    static final int EXPECT = 1 << 1;

    /// The patterns that look back from each activation.
    public enum Kind {
        PRECEDENCE("precedence"),
        /// Since the previous activation of the same key.
        ALTERNATE("alternate-precedence"),
        /// Nothing that matches came before.
        NOT_PRECEDENCE("not-precedence");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }
    }

    @Override
    public String name() {
        return kind.wire;
    }

    boolean forbids() {
        return kind == Kind.NOT_PRECEDENCE;
    }

    /// Whether of all that came before only the last can matter.
    boolean remembersOne() {
        return within == null && pairing.where() == null && !forbids();
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
