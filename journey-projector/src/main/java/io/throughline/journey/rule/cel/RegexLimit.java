package io.throughline.journey.rule.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.ast.CelExprVisitor;
import java.util.regex.Pattern;

/// Refuses regular expressions that could exhaust memory while they are compiled: RE2 runs in linear time, but it unrolls
/// `(x{100}){100}`. So patterns are literals, never from a payload, and their repetitions multiply to no more than a thousand.
final class RegexLimit extends CelExprVisitor {

    private static final int MAX_REPETITION = 1_000;
    private static final Pattern COUNTED = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

    @Override
    protected void visit(CelExpr expression, CelExpr.CelCall call) {
        if (call.function().equals("matches")) {
            check(call.args().getLast());
        }
        super.visit(expression, call);
    }

    private static void check(CelExpr pattern) {
        if (pattern.getKind() != ExprKind.Kind.CONSTANT) {
            throw new IllegalArgumentException("matches() takes its pattern as a literal, not from an event");
        }
        long repetition = 1;
        var counted = COUNTED.matcher(pattern.constant().stringValue());
        while (counted.find()) {
            var highest = counted.group(2) == null || counted.group(2).isEmpty() ? counted.group(1) : counted.group(2);
            repetition *= Math.clamp(Long.parseLong(highest), 1, MAX_REPETITION + 1);
            if (repetition > MAX_REPETITION) {
                throw new IllegalArgumentException("the counted repetitions of a pattern multiply to at most " + MAX_REPETITION);
            }
        }
    }
}
