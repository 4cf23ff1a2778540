package io.throughline.journey.rule.cel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.value.EventPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// The part of CEL that needs no interpreter: fields and literals compared with each other, `in` a list of literals, `has`, and
/// `&&`, `||`, `!` over these. About a twentieth of the interpreter's time.
///
/// It says what CEL says, or `null`: ask CEL. That is its answer wherever values are lists, objects, times, or anything else that
/// it does not compare as a matter of course; so it can leave out every corner of the language.
@FunctionalInterface
interface PlainCondition {

    @Nullable Truth test(Touchpoint self, Touchpoint other);

    /// Empty where the expression is not of this part of the language.
    static Optional<PlainCondition> of(CelExpr expression) {
        return switch (expression.getKind()) {
            case SELECT -> Field.namedBy(expression).map(field -> expression.select().testOnly() ? presence(field) : truth(field));
            case CALL -> call(expression.call());
            default -> Optional.empty();
        };
    }

    private static Optional<PlainCondition> call(CelExpr.CelCall call) {
        if (call.target().isPresent()) {
            return Optional.empty();
        }
        var arguments = call.args();
        return switch (call.function()) {
            case "_&&_" -> both(arguments, (left, right) -> junction(left, right, Truth.FALSE));
            case "_||_" -> both(arguments, (left, right) -> junction(left, right, Truth.TRUE));
            case "!_" -> of(arguments.getFirst()).map(PlainCondition::not);
            case "_==_" -> comparison(arguments, Comparison.EQUAL);
            case "_!=_" -> comparison(arguments, Comparison.EQUAL).map(PlainCondition::not);
            case "_<_" -> comparison(arguments, Comparison.LESS);
            case "_<=_" -> comparison(arguments, Comparison.LESS_OR_EQUAL);
            case "_>_" -> comparison(arguments, Comparison.GREATER);
            case "_>=_" -> comparison(arguments, Comparison.GREATER_OR_EQUAL);
            case "@in" -> membership(arguments.getFirst(), arguments.getLast());
            default -> Optional.empty();
        };
    }

    private static Optional<PlainCondition> both(List<CelExpr> arguments, BinaryOperator<PlainCondition> join) {
        return of(arguments.getFirst()).flatMap(left -> of(arguments.getLast()).map(right -> join.apply(left, right)));
    }

    /// CEL's `&&` and `||` take either side for an answer, also when the other cannot be evaluated.
    private static PlainCondition junction(PlainCondition left, PlainCondition right, Truth decisive) {
        return (self, other) -> {
            var first = left.test(self, other);
            if (first == decisive) {
                return decisive;
            }
            var second = right.test(self, other);
            if (second == decisive) {
                return decisive;
            }
            if (first == null || second == null) {
                return null;
            }
            return first instanceof Truth.Unknown ? first : second;
        };
    }

    private static PlainCondition not(PlainCondition condition) {
        return (self, other) -> switch (condition.test(self, other)) {
            case null -> null;
            case Truth.Known known -> Truth.of(known == Truth.Known.FALSE);
            case Truth.Unknown unknown -> unknown;
        };
    }

    private static PlainCondition truth(Field field) {
        var missing = field.missing();
        return (self, other) -> {
            var value = field.in(self, other);
            return value.isMissingNode() ? missing : value.isBoolean() ? Truth.of(value.booleanValue()) : null;
        };
    }

    private static PlainCondition presence(Field field) {
        var members = field.path().members();
        if (members.isEmpty()) {
            return (self, other) -> Truth.of(!field.in(self, other).isMissingNode());
        }
        var holder = new Field(field.ofOther(), new EventPath(field.path().attribute(), members.subList(0, members.size() - 1)));
        var missing = holder.missing();
        return (self, other) -> {
            var value = holder.in(self, other);
            return value.isMissingNode() ? missing : value.isObject() ? Truth.of(value.has(members.getLast())) : null;
        };
    }

    private static Optional<PlainCondition> comparison(List<CelExpr> arguments, Comparison comparison) {
        return Operand.of(arguments.getFirst()).flatMap(left -> Operand.of(arguments.getLast()).map(right -> comparison(left, right, comparison)));
    }

    private static PlainCondition comparison(Operand left, Operand right, Comparison comparison) {
        var leftMissing = left.missing();
        var rightMissing = right.missing();
        return (self, other) -> {
            var a = left.in(self, other);
            var b = right.in(self, other);
            return a.isMissingNode() ? leftMissing : b.isMissingNode() ? rightMissing : comparison.of(a, b);
        };
    }

    private static Optional<PlainCondition> membership(CelExpr element, CelExpr list) {
        if (list.getKind() != ExprKind.Kind.LIST || !list.list().optionalIndices().isEmpty()) {
            return Optional.empty();
        }
        var literals = new ArrayList<JsonNode>();
        for (var candidate : list.list().elements()) {
            var literal = Operand.literal(candidate);
            if (literal.isEmpty()) {
                return Optional.empty();
            }
            literals.add(literal.get());
        }
        return Operand.of(element).map(operand -> membership(operand, literals));
    }

    private static PlainCondition membership(Operand operand, List<JsonNode> literals) {
        var missing = operand.missing();
        return (self, other) -> {
            var value = operand.in(self, other);
            return value.isMissingNode() ? missing : anyEqual(value, literals);
        };
    }

    private static @Nullable Truth anyEqual(JsonNode value, List<JsonNode> literals) {
        for (var literal : literals) {
            var equal = Comparison.EQUAL.of(value, literal);
            if (equal != Truth.FALSE) {
                return equal;
            }
        }
        return Truth.FALSE;
    }
}
