package io.throughline.journey.rule.naive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// As much of CEL as the checked rules use: fields, literals, `has`, `timestamp`, lists after `in`, comparisons, `!`, `&&`, `||`.
///
/// It reads and evaluates at once, for one pair of events. A value is a text, a number, a truth, a moment, [#NULL], or JSON; `null` says
/// that there is none, because a field is missing or the types do not fit.
final class PlainCel {

    static final Object NULL = new Object();

    private final PlainTokens tokens;
    private final PlainPair events;

    private PlainCel(PlainTokens tokens, PlainPair events) {
        this.tokens = tokens;
        this.events = events;
    }

    static @Nullable Object value(String text, PlainEvent self, PlainEvent other) {
        return new PlainCel(new PlainTokens(text), new PlainPair(self, other)).whole();
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
        tokens.expectEnd();
        return value;
    }

    private @Nullable Object either() {
        var left = both();
        while (tokens.took("||")) {
            left = join(left, both(), true);
        }
        return left;
    }

    private @Nullable Object both() {
        var left = comparison();
        while (tokens.took("&&")) {
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
            if (tokens.took(operator)) {
                var right = unary();
                return left == null || right == null ? null : PlainOrder.compared(left, operator, right);
            }
        }
        return tokens.took("in") ? membership(left) : left;
    }

    private @Nullable Object membership(@Nullable Object element) {
        tokens.expect("[");
        boolean found = false;
        do {
            var listed = unary();
            found |= element != null && listed != null && PlainOrder.equal(element, listed);
        } while (tokens.took(","));
        tokens.expect("]");
        return element == null ? null : found;
    }

    private @Nullable Object unary() {
        if (tokens.took("!")) {
            return unary() instanceof Boolean truth ? !truth : null;
        }
        if (tokens.took("(")) {
            return closed(either());
        }
        if (tokens.took("has")) {
            tokens.expect("(");
            return closed(events.presence(tokens.take()));
        }
        if (tokens.took("timestamp")) {
            tokens.expect("(");
            return closed(either() instanceof String written ? moment(written) : null);
        }
        return atom(tokens.take());
    }

    private @Nullable Object closed(@Nullable Object value) {
        tokens.expect(")");
        return value;
    }

    private @Nullable Object atom(String token) {
        return switch (token) {
            case "true", "false" -> Boolean.valueOf(token);
            case "null" -> NULL;
            case String text when text.matches("['\"].*") -> text.substring(1, text.length() - 1);
            case String number when number.matches("-?[0-9].*") -> new BigDecimal(number);
            default -> events.value(token);
        };
    }

    private static @Nullable Instant moment(String written) {
        try {
            // RFC 3339 has seconds, which the parser may do without.
            return !written.matches(".*T\\d\\d:\\d\\d:\\d\\d.*") ? null : OffsetDateTime.parse(written).toInstant();
        } catch (DateTimeException _) {
            return null;
        }
    }
}
