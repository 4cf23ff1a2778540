package io.throughline.journey.rule.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.ast.CelExprVisitor;
import io.throughline.journey.rule.work.Meter;
import java.util.HashMap;
import java.util.Map;

/// The regular expressions of one expression, compiled once: literals, never from an event.
///
/// RE2 takes time in proportion to the length of a text times the states of the pattern, so a pattern has few states: `(x{100}){100}` has ten
/// thousand.
final class Patterns extends CelExprVisitor {

    /// States of a compiled pattern. An e-mail address or a list of some thirty words fits; each counted repetition multiplies.
    private static final int MAX_STATES = 300;
    /// Characters times states for one unit of work: an estimate for all states of a pattern active, so far more than most take.
    private static final int MATCHED_A_UNIT = 32;
    /// Characters compared for one unit of work in the worst case, where a text nearly holds another everywhere.
    private static final int COMPARED_A_UNIT = 512;
    private static final int READ_A_UNIT = 64;
    /// A pattern of a rule has at most 1,000 characters; so many in groups would take the compiler's stack.
    private static final int MAX_GROUPS = 100;

    private final Map<String, Pattern> compiled = new HashMap<>();

    @Override
    protected void visit(CelExpr expression, CelExpr.CelCall call) {
        if (call.function().equals("matches")) {
            add(call.args().getLast());
        }
        super.visit(expression, call);
    }

    private void add(CelExpr literal) {
        if (literal.getKind() != ExprKind.Kind.CONSTANT || !literal.constant().getKind().name().equals("STRING_VALUE")) {
            throw new IllegalArgumentException("matches() takes its pattern as a literal, not from an event");
        }
        var text = literal.constant().stringValue();
        if (text.chars().filter(c -> c == '(').count() > MAX_GROUPS) {
            throw new IllegalArgumentException("the pattern has more than " + MAX_GROUPS + " groups");
        }
        try {
            var pattern = Pattern.compile(text);
            if (pattern.programSize() > MAX_STATES) {
                throw new IllegalArgumentException("the pattern " + shown(text) + " has " + pattern.programSize() + " states, at most " + MAX_STATES
                        + " are allowed, because matching takes time in proportion: repeat less, or compare parts");
            }
            compiled.put(text, pattern);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException("the pattern " + shown(text) + " is none of RE2: " + wrong.getMessage(), wrong);
        }
    }

    private static String shown(String text) {
        return text.length() <= 50 ? text : text.substring(0, 50) + "…";
    }

    boolean areNone() {
        return compiled.isEmpty();
    }

    boolean matches(String text, String pattern, Meter meter) {
        var ready = compiled.get(pattern);
        meter.spend(1 + (long) text.length() * ready.programSize() / MATCHED_A_UNIT);
        return ready.matcher(text).find();
    }

    static boolean contains(String text, String part, Meter meter) {
        meter.spend(text.length() / READ_A_UNIT + (long) text.length() * part.length() / COMPARED_A_UNIT);
        return text.contains(part);
    }
}
