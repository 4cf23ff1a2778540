package io.throughline.journey.rule.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.ast.CelExprVisitor;
import java.util.ArrayDeque;
import java.util.Deque;

/// Keeps an expression from making much out of little: an event may hold 256 KiB, and each `+` makes a new text or list of what it joins.
///
/// So additions are counted, and in a loop, which may run a thousand times, there are none.
final class SizeLimit extends CelExprVisitor {

    private static final int MAX_SUMS = 10;
    private static final String SUM = "_+_";

    /// The results of the loops around; what CEL itself adds to them is not the author's.
    private final Deque<String> results = new ArrayDeque<>();
    private int sums;

    @Override
    protected void visit(CelExpr expression, CelExpr.CelCall call) {
        if (call.function().equals(SUM) && !isOfLoop(call)) {
            check();
        }
        super.visit(expression, call);
    }

    private void check() {
        if (!results.isEmpty()) {
            throw new IllegalArgumentException("adds within all(), exists(), map() or filter(), which may run a thousand times: add outside, or compare");
        }
        sums++;
        if (sums > MAX_SUMS) {
            throw new IllegalArgumentException("has more than " + MAX_SUMS + " additions");
        }
    }

    private boolean isOfLoop(CelExpr.CelCall call) {
        var first = call.args().getFirst();
        return first.getKind() == ExprKind.Kind.IDENT && results.contains(first.ident().name());
    }

    @Override
    protected void visit(CelExpr expression, CelExpr.CelComprehension loop) {
        results.push(loop.accuVar());
        super.visit(expression, loop);
        results.pop();
    }
}
