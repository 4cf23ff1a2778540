package io.throughline.journey.rule.cel;

import com.google.common.primitives.UnsignedLong;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/// A number that none of CEL's own types holds: more digits than a `double` has, a whole number beyond 64 bits, or a quotient without an end.
///
/// A `double` stands for the decimal that it prints as, as it does in canonical JSON: `0.1` is a tenth. Two numbers of any types compare, and a
/// `double` is added, subtracted, multiplied and divided, by these values, exactly. What would be rounded is never handed to CEL as a number:
/// what CEL then cannot do is unknown.
final class ExactNumber extends Number {

    /// Digits, and places before or after the point, of what may be calculated with: a `double` has up to 324.
    private static final int MAX_DIGITS = 1_000;
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,100}(\\.[0-9]{1,100})?([eE][+-]?[0-9]{1,9})?");

    private final BigDecimal dividend;
    /// Above zero.
    private final BigDecimal divisor;

    private ExactNumber(BigDecimal dividend, BigDecimal divisor) {
        this.dividend = dividend;
        this.divisor = divisor;
    }

    /// A `Double` where one prints as this decimal.
    static Number of(BigDecimal decimal) {
        double nearest = decimal.doubleValue();
        boolean exact = Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(decimal) == 0;
        return exact ? (Number) nearest : new ExactNumber(decimal, BigDecimal.ONE);
    }

    /// CEL's `double(…)`.
    ///
    /// @throws ArithmeticException where the value is no number
    static Number asDouble(Object value) {
        return switch (value) {
            case Double number -> number;
            case ExactNumber number -> number;
            case Long number -> of(BigDecimal.valueOf(number));
            case UnsignedLong number -> of(new BigDecimal(number.bigIntegerValue()));
            case String text when DECIMAL.matcher(text).matches() -> of(new BigDecimal(text));
            case String text when text.matches("NaN|[+-]?Infinity") -> Double.valueOf(text);
            default -> throw new ArithmeticException("not a number");
        };
    }

    /// @throws ArithmeticException for what is not finite
    private static ExactNumber from(Number number) {
        return switch (number) {
            case ExactNumber exact -> exact;
            case Long whole -> decimal(BigDecimal.valueOf(whole));
            case UnsignedLong whole -> decimal(new BigDecimal(whole.bigIntegerValue()));
            case Double finite when Double.isFinite(finite) -> decimal(BigDecimal.valueOf(finite));
            default -> throw new ArithmeticException("not a finite number");
        };
    }

    private static ExactNumber decimal(BigDecimal value) {
        return new ExactNumber(value, BigDecimal.ONE);
    }

    /// @throws ArithmeticException for NaN, which has no place among the numbers
    static int compare(Number left, Number right) {
        if (left instanceof Long one && right instanceof Long two) {
            return Long.compare(one, two);
        }
        if (isInfinite(left) || isInfinite(right)) {
            return Double.compare(sideOf(left), sideOf(right));
        }
        return from(left).compareTo(from(right));
    }

    private static boolean isInfinite(Number number) {
        return number instanceof Double value && value.isInfinite();
    }

    /// In comparison with infinity, every finite number is as good as zero.
    private static double sideOf(Number number) {
        return isInfinite(number) ? number.doubleValue() : from(number).dividend.signum() * 0.0 + 0.0;
    }

    private int compareTo(ExactNumber other) {
        return divisor.equals(other.divisor) ? dividend.compareTo(other.dividend)
                : dividend.multiply(other.divisor).compareTo(other.dividend.multiply(divisor));
    }

    static Number sum(Number left, Number right) {
        var a = operand(left);
        var b = operand(right);
        return quotient(a.dividend.multiply(b.divisor).add(b.dividend.multiply(a.divisor)), a.divisor.multiply(b.divisor));
    }

    static Number difference(Number left, Number right) {
        return sum(left, negated(right));
    }

    static Number negated(Number number) {
        var a = operand(number);
        return quotient(a.dividend.negate(), a.divisor);
    }

    static Number product(Number left, Number right) {
        var a = operand(left);
        var b = operand(right);
        return quotient(a.dividend.multiply(b.dividend), a.divisor.multiply(b.divisor));
    }

    static Number quotient(Number left, Number right) {
        var a = operand(left);
        var b = operand(right);
        return quotient(a.dividend.multiply(b.divisor), a.divisor.multiply(b.dividend));
    }

    private static Number quotient(BigDecimal dividend, BigDecimal divisor) {
        if (divisor.compareTo(BigDecimal.ONE) == 0) {
            return of(dividend);
        }
        if (divisor.signum() == 0) {
            throw new ArithmeticException("division by zero");
        }
        try {
            return of(dividend.divide(divisor));
        } catch (ArithmeticException endless) {
            return divisor.signum() > 0 ? new ExactNumber(dividend, divisor) : new ExactNumber(dividend.negate(), divisor.negate());
        }
    }

    private static ExactNumber operand(Number number) {
        var exact = from(number);
        if (isLong(exact.dividend) || isLong(exact.divisor)) {
            throw new ArithmeticException("too many digits to calculate with");
        }
        return exact;
    }

    private static boolean isLong(BigDecimal value) {
        return value.precision() > MAX_DIGITS || Math.abs((long) value.scale()) > MAX_DIGITS;
    }

    /// @throws ArithmeticException for a quotient that no decimal ends
    BigDecimal decimalValue() {
        return dividend.divide(divisor);
    }

    private static ArithmeticException rounding() {
        return new ArithmeticException("would have to be rounded");
    }

    @Override
    public int intValue() {
        throw rounding();
    }

    @Override
    public long longValue() {
        throw rounding();
    }

    @Override
    public float floatValue() {
        throw rounding();
    }

    @Override
    public double doubleValue() {
        throw rounding();
    }
}
