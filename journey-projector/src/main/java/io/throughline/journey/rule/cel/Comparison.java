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

    /// Up to here every whole number is a double, so that comparing as doubles is exact.
    private static final long MAX_EXACT = 1L << 53;

    private final IntPredicate holds;

    Comparison(IntPredicate holds) {
        this.holds = holds;
    }

    @Nullable Truth of(JsonNode left, JsonNode right) {
        if (left.isTextual() && right.isTextual()) {
            return Truth.of(holds.test(left.textValue().compareTo(right.textValue())));
        }
        if (left.isNumber() && right.isNumber()) {
            return numbers(left, right);
        }
        boolean differentScalars = left.isValueNode() && right.isValueNode() && left.getNodeType() != right.getNodeType();
        if (this == EQUAL && (differentScalars || (left.isBoolean() && right.isBoolean()))) {
            return Truth.of(left.equals(right));
        }
        return null;
    }

    private @Nullable Truth numbers(JsonNode left, JsonNode right) {
        boolean integers = isLong(left) && isLong(right);
        if (integers) {
            return Truth.of(holds.test(Long.compare(left.longValue(), right.longValue())));
        }
        return isExactDouble(left) && isExactDouble(right) ? Truth.of(holds.test(Double.compare(left.doubleValue(), right.doubleValue()))) : null;
    }

    private static boolean isLong(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong();
    }

    private static boolean isExactDouble(JsonNode number) {
        return !isLong(number) || Math.abs(number.longValue()) <= MAX_EXACT;
    }
}
