package io.throughline.journey.rule.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import io.throughline.journey.Touchpoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One side of a plain comparison: a field or a literal; one of the two is `null`.
record Operand(@Nullable Field field, @Nullable JsonNode literal) {

    static Optional<Operand> of(CelExpr expression) {
        boolean presenceTest = expression.selectOrDefault().testOnly();
        return literal(expression)
                .map(literal -> new Operand(null, literal))
                .or(() -> presenceTest ? Optional.empty() : Field.namedBy(expression).filter(Operand::isText).map(field -> new Operand(field, null)));
    }

    /// Times are not text to CEL.
    private static boolean isText(Field field) {
        return !field.path().attribute().equals("time") && !field.path().attribute().equals("recordedTime");
    }

    static Optional<JsonNode> literal(CelExpr expression) {
        return expression.getKind() == ExprKind.Kind.CONSTANT ? json(expression.constant()) : Optional.empty();
    }

    private static Optional<JsonNode> json(CelConstant constant) {
        var nodes = JsonNodeFactory.instance;
        return switch (constant.getKind()) {
            case STRING_VALUE -> Optional.of(nodes.textNode(constant.stringValue()));
            case INT64_VALUE -> Optional.of(nodes.numberNode(constant.int64Value()));
            case DOUBLE_VALUE -> Optional.of(nodes.numberNode(constant.doubleValue()));
            case BOOLEAN_VALUE -> Optional.of(nodes.booleanNode(constant.booleanValue()));
            case NULL_VALUE -> Optional.of(nodes.nullNode());
            default -> Optional.empty();
        };
    }

    JsonNode in(Touchpoint self, Touchpoint other) {
        return field == null ? literal : field.in(self, other);
    }

    /// What to say where it is missing; a literal never is.
    Truth missing() {
        return field == null ? Truth.FALSE : field.missing();
    }
}
