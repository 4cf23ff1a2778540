package io.throughline.journey.rule.naive;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How values of expressions compare, in the words of [PlainCel].
final class PlainOrder {

    private PlainOrder() {}

    /// @return no value where the two cannot be compared
    static @Nullable Object compared(Object left, String operator, Object right) {
        if (operator.equals("==") || operator.equals("!=")) {
            return equal(left, right) == operator.equals("==");
        }
        var order = order(left, right);
        return order == null ? null : switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    static boolean equal(Object left, Object right) {
        return left instanceof JsonNode one && right instanceof JsonNode two
                ? PlainValue.exact(one).equals(PlainValue.exact(two))
                : left == right || order(left, right) instanceof Integer order && order == 0;
    }

    private static @Nullable Integer order(Object left, Object right) {
        return switch (left) {
            case BigDecimal one when right instanceof BigDecimal two -> one.compareTo(two);
            case String one when right instanceof String two -> one.compareTo(two);
            case Boolean one when right instanceof Boolean two -> one.compareTo(two);
            case Instant one when right instanceof Instant two -> one.compareTo(two);
            default -> null;
        };
    }
}
