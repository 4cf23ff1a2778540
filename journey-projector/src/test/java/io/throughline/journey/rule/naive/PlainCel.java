package io.throughline.journey.rule.naive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// As much of CEL as the checked rules use: fields, literals, `has`, `timestamp`, lists after `in`, comparisons, `!`, `&&`, `||`.
///
/// It reads and evaluates at once, for one pair of events. A value is a text, a number, a truth, a moment, [#NULL], or JSON; `null` says
/// that there is none, because a field is missing or the types do not fit.
final class PlainCel {

    static final Object NULL = new Object();
    private static final Pattern TOKEN = Pattern.compile("\\s*(&&|\\|\\||==|!=|<=|>=|[<>!(),\\[\\]]|'[^']*'|\"[^\"]*\"|-?[0-9]+(\\.[0-9]+)?|[A-Za-z_][A-Za-z_0-9.]*)");

    private final List<String> tokens = new ArrayList<>();
    private final PlainEvent self;
    private final PlainEvent other;
    private int next;

    private PlainCel(String text, PlainEvent self, PlainEvent other) {
        var matcher = TOKEN.matcher(text.strip());
        int end = 0;
        while (matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (end < text.strip().length()) {
            throw new IllegalArgumentException("the checker cannot read \"" + text + "\" from character " + end);
        }
        this.self = self;
        this.other = other;
    }

    static @Nullable Object value(String text, PlainEvent self, PlainEvent other) {
        return new PlainCel(text, self, other).whole();
    }

    /// Whether it is true; what cannot be evaluated is not.
    static boolean holds(String text, PlainEvent self, PlainEvent other) {
        return Boolean.TRUE.equals(value(text, self, other));
    }

    /// The value as JSON; a missing node where there is none.
    static JsonNode json(String text, PlainEvent self) {
        var nodes = JsonNodeFactory.instance;
        return switch (value(text, self, self)) {
            case JsonNode json -> json;
            case String written -> nodes.textNode(written);
            case BigDecimal number -> nodes.numberNode(number);
            case Boolean truth -> nodes.booleanNode(truth);
            case null, default -> nodes.missingNode();
        };
    }

    /// The moment that it names, with its offset, or `null`.
    static @Nullable Instant moment(String text, PlainEvent self) {
        return switch (value(text, self, self)) {
            case Instant moment -> moment;
            case String written -> moment(written);
            case null, default -> null;
        };
    }

    private @Nullable Object whole() {
        var value = either();
        if (next < tokens.size()) {
            throw new IllegalArgumentException("the checker cannot read " + tokens + " from " + tokens.get(next));
        }
        return value;
    }

    private @Nullable Object either() {
        var left = both();
        while (took("||")) {
            left = join(left, both(), true);
        }
        return left;
    }

    private @Nullable Object both() {
        var left = comparison();
        while (took("&&")) {
            left = join(left, comparison(), false);
        }
        return left;
    }

    /// Either side may decide, also where the other has no value.
    private static @Nullable Object join(@Nullable Object left, @Nullable Object right, boolean decisive) {
        if (left instanceof Boolean one && one == decisive || right instanceof Boolean two && two == decisive) {
            return decisive;
        }
        return left instanceof Boolean && right instanceof Boolean ? !decisive : null;
    }

    private @Nullable Object comparison() {
        var left = unary();
        for (var operator : List.of("==", "!=", "<=", ">=", "<", ">")) {
            if (took(operator)) {
                var right = unary();
                return left == null || right == null ? null : compared(left, operator, right);
            }
        }
        return took("in") ? membership(left) : left;
    }

    private @Nullable Object membership(@Nullable Object element) {
        expect("[");
        boolean found = false;
        do {
            var listed = unary();
            found |= element != null && listed != null && equal(element, listed);
        } while (took(","));
        expect("]");
        return element == null ? null : found;
    }

    private static @Nullable Object compared(Object left, String operator, Object right) {
        if (operator.equals("==") || operator.equals("!=")) {
            return equal(left, right) == operator.equals("==");
        }
        var order = order(left, right);
        return order == null ? null : switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static boolean equal(Object left, Object right) {
        return left instanceof JsonNode one && right instanceof JsonNode two
                ? PlainValue.exact(one).equals(PlainValue.exact(two))
                : left == right || order(left, right) instanceof Integer order && order == 0;
    }

    private static @Nullable Integer order(Object left, Object right) {
        return switch (left) {
            case BigDecimal one when right instanceof BigDecimal two -> one.compareTo(two);
            case String one when right instanceof String two -> one.compareTo(two);
            case Boolean one when right instanceof Boolean two -> one.compareTo(two);
            case Instant one when right instanceof Instant two -> one.compareTo(two);
            default -> null;
        };
    }

    private @Nullable Object unary() {
        if (took("!")) {
            return unary() instanceof Boolean truth ? !truth : null;
        }
        if (took("(")) {
            return closed(either());
        }
        if (took("has")) {
            expect("(");
            return closed(presence(take()));
        }
        if (took("timestamp")) {
            expect("(");
            return closed(either() instanceof String written ? moment(written) : null);
        }
        return atom(take());
    }

    private @Nullable Object closed(@Nullable Object value) {
        expect(")");
        return value;
    }

    private @Nullable Object atom(String token) {
        return switch (token) {
            case "true", "false" -> Boolean.valueOf(token);
            case "null" -> NULL;
            case String text when text.matches("['\"].*") -> text.substring(1, text.length() - 1);
            case String number when number.matches("-?[0-9].*") -> new BigDecimal(number);
            default -> field(token);
        };
    }

    private @Nullable Object field(String token) {
        var path = token.substring(token.indexOf('.') + 1);
        return switch (path) {
            case "time" -> event(token).occurredAt();
            case "recordedTime" -> event(token).recordedAt();
            default -> value(PlainValue.at(event(token), path));
        };
    }

    private PlainEvent event(String token) {
        return token.startsWith("other.") ? other : self;
    }

    private static @Nullable Object value(JsonNode json) {
        return switch (json.getNodeType()) {
            case MISSING -> null;
            case NULL -> NULL;
            case BOOLEAN -> json.booleanValue();
            case NUMBER -> json.decimalValue();
            case STRING -> json.textValue();
            default -> json;
        };
    }

    /// Whether the last name is there; no value where what should hold it is no object.
    private @Nullable Object presence(String token) {
        var path = token.substring(token.indexOf('.') + 1);
        int last = path.lastIndexOf('.');
        if (last < 0) {
            return !PlainValue.at(event(token), path).isMissingNode();
        }
        var holder = PlainValue.at(event(token), path.substring(0, last));
        return holder.isObject() ? holder.has(path.substring(last + 1)) : null;
    }

    private static @Nullable Instant moment(String written) {
        try {
            return OffsetDateTime.parse(written).toInstant();
        } catch (DateTimeException _) {
            return null;
        }
    }

    private boolean took(String token) {
        boolean there = next < tokens.size() && tokens.get(next).equals(token);
        next += there ? 1 : 0;
        return there;
    }

    private void expect(String token) {
        if (!took(token)) {
            throw new IllegalArgumentException("the checker expected " + token + " in " + tokens);
        }
    }

    private String take() {
        return tokens.get(next++);
    }
}
