package io.throughline.journey.rule;

import io.throughline.journey.rule.cel.Condition;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The event next to each that `when` selects is a matching one, or is not.
///
/// @param within of `chain-response` only
/// @param among the types that count as neighbours; if `null` all but signs of life and what says who somebody is
public record Chain(Kind kind, Pairing pairing, @Nullable Window within, @Nullable Selector among) implements Pattern {

    static final int WHEN = 1;
    static final int NEIGHBOUR = 1 << 1;
    private static final Selector NO_NEIGHBOURS =
            new Selector(List.of("source-heartbeat.*", "identity-linked.*", "identity-unlinked.*", "person-forgotten.*"), null, null, null);

    /// The patterns of neighbours.
    public enum Kind {
        RESPONSE("chain-response"),
        PRECEDENCE("chain-precedence"),
        NOT_SUCCESSION("not-chain-succession");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }
    }

    @Override
    public String name() {
        return kind.wire;
    }

    boolean looksBack() {
        return kind == Kind.PRECEDENCE;
    }

    boolean forbids() {
        return kind == Kind.NOT_SUCCESSION;
    }

    /// Whether an event of `type`, as which it was routed, is a neighbour.
    boolean counts(String type) {
        return among != null || !NO_NEIGHBOURS.names(type);
    }

    @Override
    public List<Selector> selectors() {
        return List.of(pairing.when(), among == null ? Selector.ANY : among);
    }

    @Override
    public Stream<Condition> conditions() {
        return Stream.concat(pairing.conditions(), Stream.ofNullable(pairing.expect().where()));
    }
}
