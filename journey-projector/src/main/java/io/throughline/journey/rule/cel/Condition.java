package io.throughline.journey.rule.cel;

import dev.cel.common.types.SimpleType;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.work.Meter;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A condition on one event or two, written in CEL. Immutable, shared by all evaluations.
///
/// Most conditions of real rules only compare fields; these run as plain Java ([PlainCondition]), the rest in the CEL runtime.
public final class Condition {

    private final String text;
    private final CelProgram program;
    private final @Nullable PlainCondition plain;
    private final @Nullable String unmetByThis;
    private final @Nullable String unmetByOther;

    private Condition(String text, CelProgram program) {
        this.text = text;
        this.program = program;
        this.plain = PlainCondition.of(program.expression()).orElse(null);
        this.unmetByThis = PlainWords.ofUnmet(program.expression(), false).orElse(null);
        this.unmetByOther = PlainWords.ofUnmet(program.expression(), true).orElse(null);
    }

    /// @throws IllegalArgumentException with what is wrong, in words for the author of a rule
    public static Condition parse(String text, Scope scope) {
        return new Condition(text, CelProgram.compile(text, scope, Set.of(SimpleType.BOOL), "true or false"));
    }

    /// @throws io.throughline.journey.rule.work.Exhausted where it costs more than there is left
    public Truth test(Touchpoint event, Meter meter) {
        return test(event, event, meter);
    }

    /// @throws io.throughline.journey.rule.work.Exhausted where it costs more than there is left
    public Truth test(Touchpoint self, Touchpoint other, Meter meter) {
        meter.spend(self.payload().toRead() + other.payload().toRead());
        var truth = plain == null ? null : plain.test(self, other);
        return truth == null ? interpret(self, other, meter) : truth;
    }

    /// By the CEL runtime only.
    Truth interpret(Touchpoint self, Touchpoint other, Meter meter) {
        return program.evaluate(self, other, meter)
                .filter(Boolean.class::isInstance)
                .map(value -> Truth.of((Boolean) value))
                .orElseGet(() -> program.unknown(self, other));
    }

    /// Whether it runs as plain Java, but for values that only CEL can compare.
    public boolean isPlain() {
        return plain != null;
    }

    /// In words that are true where the condition is false, as `its version is less than the activation's`; empty where only the expression says it.
    ///
    /// @param candidateIsOther whether the event that does not meet it is `other`, and `this` the activation
    public Optional<String> unmet(boolean candidateIsOther) {
        return Optional.ofNullable(candidateIsOther ? unmetByOther : unmetByThis);
    }

    /// As the author wrote it.
    @Override
    public String toString() {
        return text;
    }
}
