package io.throughline.journey.rule.naive;

import static io.throughline.journey.rule.naive.Judgement.Word.PENDING;
import static io.throughline.journey.rule.naive.Judgement.Word.SATISFIED;
import static io.throughline.journey.rule.naive.Judgement.Word.UNDETERMINED;
import static io.throughline.journey.rule.naive.Judgement.Word.VIOLATED;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Patterns in which something must, or must not, come after the activation.
record LookingForward(Reading reading) {

    Judgement judge(PlainEvent a) {
        var deadline = reading.deadline(a);
        var rule = reading.rule();
        if (deadline == null || !reading.isCorrelated(a)) {
            return Judgement.of(a, UNDETERMINED);
        }
        return (switch (rule.get("pattern").textValue()) {
            case "response" -> owed(a, deadline, later(a, "expect"), reading.closer(a), rule.get("expect"));
            case "alternate-response" -> alternateResponse(a, deadline);
            case "responded-existence" -> respondedExistence(a, deadline);
            case "abandonment" -> abandonment(a, deadline);
            default -> forbidden(a, deadline);
        }).by(deadline);
    }

    private Judgement alternateResponse(PlainEvent a, Instant deadline) {
        var nextA = first(reading.selected("when").stream().filter(a::isBefore).filter(next -> reading.correlates(reading.rule().path("by"), a, next)));
        return owed(a, deadline, later(a, "expect"), earlier(nextA, reading.closer(a)), reading.rule().get("expect"));
    }

    private Judgement respondedExistence(PlainEvent a, Instant deadline) {
        var before = reading.journey().stream().filter(b -> b.isBefore(a) && reading.matches(a, b, "expect") && reading.inTime(b, a)).toList();
        var judgement = owed(a, deadline, later(a, "expect"), reading.closer(a), reading.rule().get("expect"));
        return before.isEmpty() ? judgement : Judgement.of(a, SATISFIED);
    }

    private Judgement abandonment(PlainEvent a, Instant deadline) {
        var rule = reading.rule();
        var completions = Stream.concat(later(a, "expect").stream(), later(a, "handover").stream()).distinct().sorted().toList();
        var fail = first(reading.selected("fail").stream().filter(event -> a.isBefore(event) && reading.correlates(rule.path("by"), a, event)));
        var closer = earlier(fail, reading.closer(a));
        boolean completed = completions.stream().anyMatch(completion -> inWindow(completion, deadline, closer));
        return fail != null && fail == closer && !fail.occurredAt().isAfter(deadline) && !completed
                ? Judgement.of(a, VIOLATED)
                : owed(a, deadline, completions, closer, rule.get("expect"), rule.path("handover"));
    }

    /// @param candidates what meets the obligation whenever it comes
    private Judgement owed(PlainEvent a, Instant deadline, List<PlainEvent> candidates, @Nullable PlainEvent closer, JsonNode... needed) {
        var met = candidates.stream().filter(b -> inWindow(b, deadline, closer)).toList();
        if (!met.isEmpty()) {
            return Judgement.of(a, SATISFIED);
        }
        if (closer != null && !closer.occurredAt().isAfter(deadline)) {
            return Judgement.of(a, reading.ifAbsent(closer.occurredAt(), needed));
        }
        if (deadline.equals(Instant.MAX)) {
            return Judgement.of(a, reading.end() == null ? PENDING : reading.ifAbsent(reading.end(), needed));
        }
        return reading.hasPassed(deadline)
                ? Judgement.of(a, reading.ifAbsent(deadline, needed)).metAt(first(candidates.stream().filter(b -> inWindow(b, Instant.MAX, closer))))
                : Judgement.of(a, PENDING);
    }

    private Judgement forbidden(PlainEvent a, Instant deadline) {
        var closer = reading.closer(a);
        var broken = later(a, "forbid").stream().filter(b -> inWindow(b, deadline, closer)).toList();
        if (!broken.isEmpty()) {
            return Judgement.of(a, VIOLATED).on(broken);
        }
        var closed = closer != null && !closer.occurredAt().isAfter(deadline) ? closer.occurredAt()
                : deadline.equals(Instant.MAX) ? reading.end()
                : reading.hasPassed(deadline) ? deadline : null;
        return Judgement.of(a, closed == null ? PENDING : reading.ifNothingBroke(closed, reading.rule().get("forbid")));
    }

    /// The closer may itself be what was waited for.
    private static boolean inWindow(PlainEvent b, Instant deadline, @Nullable PlainEvent closer) {
        return !b.occurredAt().isAfter(deadline) && (closer == null || !closer.isBefore(b));
    }

    private List<PlainEvent> later(PlainEvent a, String selector) {
        return reading.journey().stream().filter(b -> a.isBefore(b) && reading.matches(a, b, selector)).toList();
    }

    private static @Nullable PlainEvent earlier(@Nullable PlainEvent one, @Nullable PlainEvent two) {
        return one == null || two != null && two.isBefore(one) ? two : one;
    }

    private static @Nullable PlainEvent first(Stream<PlainEvent> events) {
        return events.findFirst().orElse(null);
    }
}
