package io.throughline.journey.rule.naive;

import static io.throughline.journey.rule.naive.Judgement.Word.SATISFIED;
import static io.throughline.journey.rule.naive.Judgement.Word.UNDETERMINED;
import static io.throughline.journey.rule.naive.Judgement.Word.VIOLATED;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Patterns that look for something before the activation. The sources must be heard through the activation's own time.
record LookingBack(Reading reading) {

    Judgement judge(PlainEvent b) {
        return verdict(b).by(b.occurredAt());
    }

    private Judgement verdict(PlainEvent b) {
        if (!reading.isWhole(reading.rule().path("by"), b)) {
            return Judgement.of(b, UNDETERMINED);
        }
        return switch (reading.rule().get("pattern").textValue()) {
            case "precedence" -> needed(b, earlier(b, "expect"));
            case "alternate-precedence" -> needed(b, sincePrevious(b, earlier(b, "expect")));
            case "not-precedence" -> forbidden(b, earlier(b, "forbid"));
            default -> contradiction(b);
        };
    }

    private Judgement needed(PlainEvent b, List<PlainEvent> found) {
        return found.isEmpty() ? Judgement.of(b, reading.ifAbsent(b.occurredAt(), reading.rule().get("expect"))) : Judgement.of(b, SATISFIED);
    }

    private Judgement forbidden(PlainEvent b, List<PlainEvent> found) {
        return found.isEmpty()
                ? Judgement.of(b, reading.ifNothingBroke(b.occurredAt(), reading.rule().get("forbid")))
                : Judgement.of(b, VIOLATED).on(found);
    }

    private List<PlainEvent> earlier(PlainEvent b, String selector) {
        return reading.journey().stream().filter(a -> a.isBefore(b) && reading.matches(b, a, selector) && reading.inTime(a, b)).toList();
    }

    private List<PlainEvent> sincePrevious(PlainEvent b, List<PlainEvent> found) {
        var previous = reading.selected("when").stream()
                .filter(other -> other.isBefore(b) && reading.correlates(reading.rule().path("by"), b, other))
                .reduce((_, later) -> later)
                .orElse(null);
        return found.stream().filter(a -> previous == null || previous.isBefore(a)).toList();
    }

    private Judgement contradiction(PlainEvent statement) {
        var value = value(statement);
        var across = across(statement);
        if (value == null || across == null) {
            return Judgement.of(statement, UNDETERMINED);
        }
        var others = earlier(statement, "when").stream()
                .filter(other -> differs(value, value(other)) && differs(across, across(other)))
                .toList();
        return others.isEmpty() ? Judgement.of(statement, SATISFIED) : Judgement.of(statement, VIOLATED).on(others);
    }

    private static boolean differs(String value, @Nullable String other) {
        return other != null && !value.equals(other);
    }

    private @Nullable String value(PlainEvent statement) {
        return PlainValue.normalised(PlainCel.json(reading.rule().get("value").asText(), statement));
    }

    private @Nullable String across(PlainEvent statement) {
        return PlainValue.exact(PlainCel.json(reading.rule().path("across").asText("this.source"), statement));
    }
}
