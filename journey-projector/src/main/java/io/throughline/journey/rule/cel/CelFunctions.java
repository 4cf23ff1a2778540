package io.throughline.journey.rule.cel;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import dev.cel.runtime.standard.CelStandardOverload;
import dev.cel.runtime.standard.ContainsFunction.ContainsOverload;
import dev.cel.runtime.standard.DivideOperator.DivideOverload;
import dev.cel.runtime.standard.DoubleFunction.DoubleOverload;
import dev.cel.runtime.standard.MatchesFunction.MatchesOverload;
import dev.cel.runtime.standard.MultiplyOperator.MultiplyOverload;
import dev.cel.runtime.standard.NegateOperator.NegateOverload;
import dev.cel.runtime.standard.SubtractOperator.SubtractOverload;
import dev.cel.runtime.standard.TimestampFunction.TimestampOverload;
import io.throughline.events.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.IntPredicate;

/// The functions of CEL that rules have from us: those that compare, those that calculate with a `double`, because CEL's own
/// round, and the one that reads times.
final class CelFunctions {

    private static final Set<StandardFunction> COMPARISONS = Set.of(StandardFunction.EQUALS, StandardFunction.NOT_EQUALS, StandardFunction.LESS,
            StandardFunction.LESS_EQUALS, StandardFunction.GREATER, StandardFunction.GREATER_EQUALS, StandardFunction.IN);
    private static final Set<CelStandardOverload> REPLACED = Set.of(AddOverload.ADD_DOUBLE, SubtractOverload.SUBTRACT_DOUBLE,
            MultiplyOverload.MULTIPLY_DOUBLE, DivideOverload.DIVIDE_DOUBLE, NegateOverload.NEGATE_DOUBLE, NegateOverload.NEGATE_INT64);
    private static final List<Class<? extends Number>> FRACTIONS = List.of(Double.class, ExactNumber.class);

    private CelFunctions() {}

    /// CEL's own, without those that are here, and without `matches` and `contains`, whose cost is not known beforehand.
    static CelStandardFunctions standard() {
        return CelStandardFunctions.newBuilder()
                .filterFunctions((function, overload) -> !COMPARISONS.contains(function) && !REPLACED.contains(overload)
                        && !(overload instanceof DoubleOverload) && !(overload instanceof MatchesOverload) && !(overload instanceof ContainsOverload)
                        && !(overload instanceof TimestampOverload))
                .build();
    }

    static Set<CelFunctionBinding> exact() {
        return ImmutableSet.<CelFunctionBinding>builder()
                .addAll(only("_==_", CelFunctions::equal))
                .addAll(only("_!=_", (left, right) -> !equal(left, right)))
                .addAll(only("@in", CelFunctions::in))
                .addAll(order("_<_", order -> order < 0))
                .addAll(order("_<=_", order -> order <= 0))
                .addAll(order("_>_", order -> order > 0))
                .addAll(order("_>=_", order -> order >= 0))
                .addAll(calculation("_+_", ExactNumber::sum))
                .addAll(calculation("_-_", ExactNumber::difference))
                .addAll(calculation("_*_", ExactNumber::product))
                .addAll(calculation("_/_", ExactNumber::quotient))
                .addAll(only("-_", CelFunctions::negated))
                .addAll(only("double", ExactNumber::asDouble))
                .addAll(only("timestamp", CelFunctions::timestamp))
                .build();
    }

    /// A function with one form for all types, under the name that CEL falls back on where it finds no form of its own.
    private static Set<CelFunctionBinding> only(String name, CelFunctionOverload.Binary<Object, Object> function) {
        return CelFunctionBinding.fromOverloads(name, CelFunctionBinding.from(name, Object.class, Object.class, function));
    }

    private static Set<CelFunctionBinding> only(String name, CelFunctionOverload.Unary<Object> function) {
        return CelFunctionBinding.fromOverloads(name, CelFunctionBinding.from(name, Object.class, function));
    }

    private static Number negated(Object value) {
        return switch (value) {
            case Long whole -> Math.negateExact(whole);
            case Double fraction -> -fraction;
            case ExactNumber exact -> ExactNumber.negated(exact);
            default -> throw new IllegalArgumentException("no opposite of a value of this type");
        };
    }

    /// As times of events are read: CEL's own takes some that RFC 3339 does not know, and not all that it knows. A number is no time: a channel's may count
    /// seconds or milliseconds.
    private static Instant timestamp(Object value) {
        return switch (value) {
            case Instant moment -> moment;
            case String text -> Rfc3339.parse(text).toInstant();
            default -> throw new IllegalArgumentException("not a time");
        };
    }

    private static Set<CelFunctionBinding> order(String name, IntPredicate holds) {
        return only(name, (left, right) -> holds.test(compare(left, right)));
    }

    private static Set<CelFunctionBinding> calculation(String name, BinaryOperator<Number> operation) {
        var bindings = new ArrayList<CelFunctionBinding>();
        for (var left : FRACTIONS) {
            for (var right : FRACTIONS) {
                var id = name + left.getSimpleName() + "_" + right.getSimpleName();
                bindings.add(CelFunctionBinding.from(id, left, right, operation::apply));
            }
        }
        return CelFunctionBinding.fromOverloads(name, bindings);
    }

    /// @throws IllegalArgumentException for values without an order
    private static int compare(Object left, Object right) {
        return switch (left) {
            case Number one when right instanceof Number two -> ExactNumber.compare(one, two);
            case String one when right instanceof String two -> one.compareTo(two);
            case Boolean one when right instanceof Boolean two -> one.compareTo(two);
            case Instant one when right instanceof Instant two -> one.compareTo(two);
            case Duration one when right instanceof Duration two -> one.compareTo(two);
            case CelByteString one when right instanceof CelByteString two -> CelByteString.unsignedLexicographicalComparator().compare(one, two);
            default -> throw new IllegalArgumentException("no order between values of these types");
        };
    }

    /// Numbers by value, lists and maps by what is in them; values of different kinds differ.
    private static boolean equal(Object left, Object right) {
        return switch (left) {
            case Number one -> right instanceof Number two && ExactNumber.compare(one, two) == 0;
            case List<?> one -> right instanceof List<?> two && equalLists(one, two);
            case Map<?, ?> one -> right instanceof Map<?, ?> two && equalMaps(one, two);
            default -> left.equals(right);
        };
    }

    private static boolean equalLists(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        var others = right.iterator();
        for (var element : left) {
            if (!equal(element, others.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMaps(Map<?, ?> left, Map<?, ?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (var member : left.entrySet()) {
            var key = keyIn(right, member.getKey());
            if (key == null || !equal(member.getValue(), right.get(key))) {
                return false;
            }
        }
        return true;
    }

    private static boolean in(Object element, Object container) {
        return switch (container) {
            case List<?> list -> contains(list, element);
            case Map<?, ?> map -> keyIn(map, element) != null;
            default -> throw new IllegalArgumentException("nothing is in a value of this type");
        };
    }

    private static boolean contains(List<?> list, Object element) {
        for (var candidate : list) {
            if (equal(candidate, element)) {
                return true;
            }
        }
        return false;
    }

    /// The key of `map` that equals `key`, or `null`.
    private static Object keyIn(Map<?, ?> map, Object key) {
        if (!(key instanceof Number)) {
            return map.containsKey(key) ? key : null;
        }
        for (var candidate : map.keySet()) {
            if (candidate instanceof Number && equal(candidate, key)) {
                return candidate;
            }
        }
        return null;
    }
}
