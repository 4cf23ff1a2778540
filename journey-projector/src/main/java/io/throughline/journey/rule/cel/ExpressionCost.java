package io.throughline.journey.rule.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExprVisitor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/// What an expression costs to evaluate, as far as it can be told before, and the refusal of those that make much out of little: an event may
/// hold 256 KiB.
///
/// There is no loop in a loop; in a loop, which may run a thousand times, nothing is added up and few texts are gone through; and additions,
/// each of which makes a new text or list of what it joins, are counted.
final class ExpressionCost extends CelExprVisitor {

    /// Units of work to call the interpreter.
    private static final int FIXED = 4;
    private static final int MAX_SUMS = 10;
    /// Calls that go through a text, in one loop.
    private static final int MAX_SCANS_IN_LOOP = 8;
    private static final String SUM = "_+_";
    /// Calls that take the same time whatever they are given, or are charged for by what they read of an event.
    private static final Set<String> CHEAP = Set.of("_&&_", "_||_", "!_", "_?_:_", "_-_", "_*_", "_/_", "_%_", "-_", "_[_]", "@in", "@not_strictly_false",
            "startsWith", "endsWith", "matches", "contains");

    /// The results of the loops around; what CEL itself adds to them is not the author's.
    private final Deque<String> results = new ArrayDeque<>();
    private int sums;
    private int scans;
    private int scansInLoop;
    private int nodes;
    private int literalSteps;

    @Override
    public void visit(CelExpr expression) {
        nodes++;
        super.visit(expression);
    }

    @Override
    protected void visit(CelExpr expression, CelExpr.CelCall call) {
        if (call.function().equals(SUM) && !isOfLoop(call)) {
            checkSum();
        }
        if (call.function().equals("contains") || call.function().equals("matches") || !CHEAP.contains(call.function())) {
            scan();
        }
        super.visit(expression, call);
    }

    private void checkSum() {
        if (!results.isEmpty()) {
            throw new IllegalArgumentException("adds within all(), exists(), map() or filter(), which may run a thousand times: add outside, or compare");
        }
        sums++;
        if (sums > MAX_SUMS) {
            throw new IllegalArgumentException("has more than " + MAX_SUMS + " additions");
        }
    }

    private void scan() {
        scans++;
        scansInLoop += results.isEmpty() ? 0 : 1;
        // The macros that CEL makes of a loop have up to three calls of their own.
        if (scansInLoop > MAX_SCANS_IN_LOOP + 3) {
            throw new IllegalArgumentException("goes through texts more than " + MAX_SCANS_IN_LOOP
                    + " times within all(), exists(), map() or filter(), which may run a thousand times");
        }
    }

    private boolean isOfLoop(CelExpr.CelCall call) {
        var first = call.args().getFirst();
        return first.getKind() == CelExpr.ExprKind.Kind.IDENT && results.contains(first.ident().name());
    }

    @Override
    protected void visit(CelExpr expression, CelExpr.CelComprehension loop) {
        visit(loop.iterRange());
        if (!results.isEmpty()) {
            throw new IllegalArgumentException("has a loop in a loop, which may run a thousand times a thousand: look at one list, or use `in`");
        }
        results.push(loop.accuVar());
        visit(loop.accuInit());
        visit(loop.loopCondition());
        visit(loop.loopStep());
        visit(loop.result());
        results.pop();
        scansInLoop = 0;
        literalSteps += literals(loop.iterRange());
    }

    /// How often a loop runs over what stands in the expression itself.
    private static int literals(CelExpr range) {
        return switch (range.getKind()) {
            case LIST -> range.list().elements().size();
            case MAP -> range.map().entries().size();
            default -> 0;
        };
    }

    /// Units of work of one step of any of its loops: four nodes of the interpreter take about one.
    int step() {
        return 1 + nodes / 4;
    }

    /// Units of work to evaluate it once, its loops over parts of events left out.
    int once() {
        return FIXED + step() * (1 + literalSteps);
    }

    /// How often a text that it reads may be gone through, beside being read.
    int scans() {
        return scans;
    }
}
