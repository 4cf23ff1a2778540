package io.throughline.journey.rule.naive;

import static io.throughline.journey.rule.naive.Judgement.Word.PENDING;
import static io.throughline.journey.rule.naive.Judgement.Word.SATISFIED;
import static io.throughline.journey.rule.naive.Judgement.Word.UNDETERMINED;
import static io.throughline.journey.rule.naive.Judgement.Word.VIOLATED;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The `chain-*` patterns: what comes next to the activation.
record Neighbours(Reading reading) {

    Judgement judge(PlainEvent a) {
        boolean whole = reading.isWhole(reading.rule().path("by"), a);
        return switch (reading.rule().get("pattern").textValue()) {
            case "chain-response" -> {
                var deadline = reading.deadline(a);
                yield whole && deadline != null ? chainResponse(a, deadline).by(deadline) : Judgement.of(a, UNDETERMINED);
            }
            case "chain-precedence" -> (whole ? chainPrecedence(a) : Judgement.of(a, UNDETERMINED)).by(a.occurredAt());
            default -> whole ? notChainSuccession(a) : Judgement.of(a, UNDETERMINED);
        };
    }

    private Judgement chainResponse(PlainEvent a, Instant deadline) {
        var expect = reading.rule().get("expect");
        var next = next(a);
        boolean fits = next != null && reading.matches(a, next, "expect");
        if (next != null && !next.occurredAt().isAfter(deadline)) {
            return Judgement.of(a, fits ? SATISFIED : reading.ifAbsent(next.occurredAt(), expect));
        }
        if (deadline.equals(Instant.MAX)) {
            return Judgement.of(a, reading.end() == null ? PENDING : reading.ifAbsent(reading.end(), expect));
        }
        return reading.hasPassed(deadline) ? Judgement.of(a, reading.ifAbsent(deadline, expect)).metAt(fits ? next : null) : Judgement.of(a, PENDING);
    }

    private Judgement chainPrecedence(PlainEvent b) {
        var previous = reading.neighbours().stream().filter(event -> event.isBefore(b)).reduce((_, later) -> later).orElse(null);
        boolean fits = previous != null && reading.matches(b, previous, "expect");
        return Judgement.of(b, fits ? SATISFIED : reading.ifAbsent(b.occurredAt(), reading.rule().get("expect")));
    }

    private Judgement notChainSuccession(PlainEvent a) {
        var next = next(a);
        if (next != null && reading.matches(a, next, "forbid")) {
            return Judgement.of(a, VIOLATED).on(List.of(next));
        }
        var closed = next != null ? next.occurredAt() : reading.end();
        return Judgement.of(a, closed == null ? PENDING : reading.ifNothingBroke(closed, reading.rule().get("forbid")));
    }

    private @Nullable PlainEvent next(PlainEvent a) {
        return reading.neighbours().stream().filter(a::isBefore).findFirst().orElse(null);
    }
}
