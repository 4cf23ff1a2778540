package io.throughline.journey.rule.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.work.Meter;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The value that an event gives to a fact, written in CEL over `this`. Immutable, shared by all evaluations.
public final class ValueExpression {

    private final String text;
    private final CelProgram program;
    /// Most values are one field, read without the CEL runtime.
    private final @Nullable Field field;

    private ValueExpression(String text, CelProgram program) {
        this.text = text;
        this.program = program;
        var expression = program.expression();
        boolean presenceTest = expression.selectOrDefault().testOnly();
        this.field = presenceTest ? null : Field.namedBy(expression).orElse(null);
    }

    /// @throws IllegalArgumentException with what is wrong, in words for the author of a rule
    public static ValueExpression parse(String text) {
        return new ValueExpression(text, CelProgram.compile(text, Scope.THIS, Set.of(), "a value"));
    }

    /// The value as JSON; a missing node where a field that it needs is missing or does not fit.
    public JsonNode of(Touchpoint event, Meter meter) {
        if (field != null) {
            return field.in(event, event);
        }
        return program.evaluate(event, event, meter).map(CelValues::json).orElseGet(MissingNode::getInstance);
    }

    /// Why there is no value, for people.
    public String reason(Touchpoint event) {
        return program.unknown(event, event).reason();
    }

    /// The field that it is, as in `its value`; empty where it is more than a field.
    public Optional<String> words() {
        return Optional.ofNullable(field).map(named -> named.words(false));
    }

    /// As the author wrote it.
    @Override
    public String toString() {
        return text;
    }
}
