package io.throughline.journey.rule.cel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// CEL's comparisons of two scalars of JSON; `null` for pairs that are left to CEL.
enum Comparison {
    EQUAL(order -> order == 0),
    LESS(order -> order < 0),
    LESS_OR_EQUAL(order -> order <= 0),
    GREATER(order -> order > 0),
    GREATER_OR_EQUAL(order -> order >= 0);

    private final IntPredicate holds;

    Comparison(IntPredicate holds) {
        this.holds = holds;
    }

    @Nullable Truth of(JsonNode left, JsonNode right) {
        if (left.isTextual() && right.isTextual()) {
            return Truth.of(holds.test(left.textValue().compareTo(right.textValue())));
        }
        if (left.isNumber() && right.isNumber()) {
            return Truth.of(holds.test(numbers(left, right)));
        }
        boolean differentScalars = left.isValueNode() && right.isValueNode() && left.getNodeType() != right.getNodeType();
        if (this == EQUAL && (differentScalars || (left.isBoolean() && right.isBoolean()))) {
            return Truth.of(left.equals(right));
        }
        return null;
    }

    /// By value, as [ExactNumber] compares them.
    private static int numbers(JsonNode left, JsonNode right) {
        return isLong(left) && isLong(right) ? Long.compare(left.longValue(), right.longValue()) : left.decimalValue().compareTo(right.decimalValue());
    }

    private static boolean isLong(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong();
    }
}
