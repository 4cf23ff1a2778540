package io.throughline.journey.rule.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExprVisitor;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;

/// Refuses decimals of an expression that a `double` does not hold as they are written: CEL would compare with another number.
final class ExactLiterals extends CelExprVisitor {

    private static final Pattern DECIMAL = Pattern.compile("[0-9]*(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String text;
    private final Map<Long, Integer> positions;

    ExactLiterals(String text, CelAbstractSyntaxTree tree) {
        this.text = text;
        this.positions = tree.getSource().getPositionsMap();
    }

    @Override
    protected void visit(CelExpr expression, CelConstant constant) {
        if (constant.getKind() == CelConstant.Kind.DOUBLE_VALUE && positions.containsKey(expression.id())) {
            var from = text.substring(text.offsetByCodePoints(0, positions.get(expression.id())));
            check(from.startsWith("-") ? from.substring(1) : from, Math.abs(constant.doubleValue()));
        }
    }

    private static void check(String from, double value) {
        var decimal = DECIMAL.matcher(from);
        if (decimal.lookingAt() && !isExactly(decimal.group(), value)) {
            throw new IllegalArgumentException("writes the decimal " + decimal.group() + ", which has more digits than a double holds"
                    + "; write fewer, or a whole number of up to 19 digits without a point");
        }
    }

    private static boolean isExactly(String written, double value) {
        try {
            return Double.isFinite(value) && BigDecimal.valueOf(value).compareTo(new BigDecimal(written)) == 0;
        } catch (NumberFormatException _) {
            return false;
        }
    }
}
