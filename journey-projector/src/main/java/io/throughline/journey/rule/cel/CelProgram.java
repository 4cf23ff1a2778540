package io.throughline.journey.rule.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExprVisitor;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.work.Meter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A checked and compiled CEL expression over one or two events, with what it names.
///
/// Limits: 1,000 code points, nesting 32, 1,000 steps of comprehension, 100 over events of more than 32 KiB; regular expressions by
/// [Patterns], what makes much out of little by [ExpressionCost]. What it costs is charged while it runs: what [CelValues] hand out, and what
/// functions go through.
final class CelProgram {

    /// In characters of their contents: what a step costs grows with the event, so over larger ones a loop has fewer.
    private static final int LARGE = 32 * 1024;
    private static final CelOptions OPTIONS = options(1_000);
    private static final CelCompiler ONE_EVENT = compiler(Scope.THIS);
    private static final CelCompiler TWO_EVENTS = compiler(Scope.THIS_AND_OTHER);
    /// Whose functions are called. Functions of CEL are the same for all programs.
    private static final ThreadLocal<Running> RUNNING = new ThreadLocal<>();
    private static final CelRuntime RUNTIME = runtime(OPTIONS);
    private static final CelRuntime RUNTIME_FOR_LARGE = runtime(options(100));

    private final CelAbstractSyntaxTree tree;
    private final CelRuntime.Program program;
    private final CelRuntime.Program programForLarge;
    private final Set<Field> fields;
    private final Patterns patterns;
    private final ExpressionCost cost;
    private final boolean callsOurs;

    private record Running(Patterns patterns, Meter meter) {}

    private CelProgram(CelAbstractSyntaxTree tree, Set<Field> fields, Patterns patterns, ExpressionCost cost) throws CelEvaluationException {
        this.patterns = patterns;
        this.cost = cost;
        this.callsOurs = cost.scans() > 0;
        this.tree = tree;
        this.program = RUNTIME.createProgram(tree);
        this.programForLarge = RUNTIME_FOR_LARGE.createProgram(tree);
        this.fields = fields;
    }

    private static CelOptions options(int steps) {
        return CelOptions.current()
                .enableHeterogeneousNumericComparisons(true)
                .maxExpressionCodePointSize(1_000)
                .maxParseRecursionDepth(32)
                .maxParseExpressionNodeCount(1_000)
                .comprehensionMaxIterations(steps)
                .build();
    }

    private static CelRuntime runtime(CelOptions options) {
        return CelRuntimeFactory.plannerRuntimeBuilder().setOptions(options).setStandardFunctions(CelFunctions.standard())
                .addFunctionBindings(CelFunctions.exact())
                .addFunctionBindings(CelFunctionBinding.fromOverloads("matches",
                        CelFunctionBinding.from("matches", String.class, String.class, CelProgram::matches),
                        CelFunctionBinding.from("matches_string", String.class, String.class, CelProgram::matches)))
                .addFunctionBindings(CelFunctionBinding.fromOverloads("contains",
                        CelFunctionBinding.from("contains_string", String.class, String.class, CelProgram::contains)))
                .build();
    }

    private static boolean matches(String text, String pattern) {
        var running = RUNNING.get();
        return running.patterns().matches(text, pattern, running.meter());
    }

    private static boolean contains(String text, String part) {
        return Patterns.contains(text, part, RUNNING.get().meter());
    }

    private static CelCompiler compiler(Scope scope) {
        var builder = CelCompilerFactory.standardCelCompilerBuilder().setOptions(OPTIONS).setStandardMacros(CelStandardMacro.STANDARD_MACROS);
        scope.variables().forEach(variable -> builder.addVar(variable, SimpleType.DYN));
        return builder.build();
    }

    /// @param results the types it may have; what only evaluation can tell (`dyn`) passes
    /// @param expected what those types are, for the author
    /// @throws IllegalArgumentException with what is wrong, in words for the author of a rule
    static CelProgram compile(String text, Scope scope, Set<CelType> results, String expected) {
        var checked = (scope == Scope.THIS ? ONE_EVENT : TWO_EVENTS).compile(text);
        if (checked.hasError()) {
            throw new IllegalArgumentException("is no expression of CEL: " + explained(checked.getErrors().getFirst(), scope));
        }
        try {
            var tree = checked.getAst();
            var patterns = new Patterns();
            patterns.visit(tree);
            var cost = new ExpressionCost();
            cost.visit(tree);
            new PersonalFields().visit(tree);
            new ExactLiterals(text, tree).visit(tree);
            var result = tree.getResultType();
            if (!results.isEmpty() && !result.equals(SimpleType.DYN) && !results.contains(result)) {
                throw new IllegalArgumentException("\"" + text + "\" gives " + result.name() + ", not " + expected);
            }
            return new CelProgram(tree, fieldsOf(tree), patterns, cost);
        } catch (CelValidationException | CelEvaluationException refused) {
            throw new IllegalArgumentException("is no expression of CEL: " + refused.getMessage(), refused);
        }
    }

    /// Without the list of all overloads that CEL has to offer, and its word for "at the root".
    private static String explained(CelIssue issue, Scope scope) {
        var message = issue.getMessage().replaceAll("\\s*\\((candidates: .*|in container '')\\)", "").replaceAll("\\s*\\R\\s*", " ");
        var place = message + ", at character " + (issue.getSourceLocation().getColumn() + 1);
        return message.startsWith("undeclared reference") ? place + "; an expression speaks of " + scope.known() : place;
    }

    private static Set<Field> fieldsOf(CelAbstractSyntaxTree tree) {
        var fields = new LinkedHashSet<Field>();
        new CelExprVisitor() {
            @Override
            protected void visit(CelExpr expression, CelExpr.CelSelect select) {
                Field.namedBy(expression).ifPresentOrElse(fields::add, () -> super.visit(expression, select));
            }
        }.visit(tree);
        return fields;
    }

    CelExpr expression() {
        return tree.getExpr();
    }

    /// The value, or empty where there is none for these events.
    ///
    /// @throws io.throughline.journey.rule.work.Exhausted where it costs more than there is left
    Optional<Object> evaluate(Touchpoint self, Touchpoint other, Meter meter) {
        meter.spend(cost.once());
        if (callsOurs) {
            RUNNING.set(new Running(patterns, meter));
        }
        try {
            var reading = new CelValues.Reading(meter, cost.step(), 1 + cost.scans());
            var value = Optional.of((isLarge(self) || isLarge(other) ? programForLarge : program)
                    .eval(name -> Optional.of(CelValues.of(name.equals("other") ? other : self, reading))));
            meter.check(); // CEL may have answered without what it could not afford
            return value;
        } catch (CelEvaluationException | RuntimeException | StackOverflowError _) {
            meter.check();
            // Whatever a payload provokes in the interpreter must not stop a projector.
            return Optional.empty();
        } finally {
            if (callsOurs) {
                RUNNING.remove();
            }
        }
    }

    private static boolean isLarge(Touchpoint event) {
        return event.payload().size() > LARGE;
    }

    /// Why there is no value: the fields that are missing, or else that their values do not fit the expression.
    Truth.Unknown unknown(Touchpoint self, Touchpoint other) {
        List<Field> missing = fields.stream().filter(field -> isMissing(field, self, other)).toList();
        return missing.isEmpty() ? new Truth.Unknown("the fields do not have the types that the expression needs") : missing.getFirst().missing();
    }

    private static boolean isMissing(Field field, Touchpoint self, Touchpoint other) {
        var value = field.in(self, other);
        return value.isMissingNode() || value.isNull();
    }
}
