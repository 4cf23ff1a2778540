package io.throughline.journey.rule.naive;

import static io.throughline.journey.rule.naive.Judgement.Word.PENDING;
import static io.throughline.journey.rule.naive.Judgement.Word.SATISFIED;
import static io.throughline.journey.rule.naive.Judgement.Word.VIOLATED;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `init`, `co-existence`, `not-co-existence`: one verdict a journey.
record WholeJourney(Reading reading) {

    /// Two events of which one is what `when` selects and the other what `expect` or `forbid` does.
    private record Pair(PlainEvent one, PlainEvent two) {

        PlainEvent later() {
            return one.isBefore(two) ? two : one;
        }
    }

    List<Judgement> judge() {
        return switch (reading.rule().get("pattern").textValue()) {
            case "init" -> reading.journey().stream().limit(1).map(this::init).toList();
            case "co-existence" -> groups("expect").map(this::coExistence).toList();
            default -> groups("forbid").map(this::notCoExistence).toList();
        };
    }

    private Judgement init(PlainEvent first) {
        var verdict = reading.selects("expect", first) ? SATISFIED : reading.ifAbsent(first.occurredAt(), reading.rule().get("expect"));
        return Judgement.of(first, verdict).by(first.occurredAt());
    }

    private Judgement coExistence(List<PlainEvent> group) {
        var first = group.getFirst();
        var deadline = reading.deadline(first);
        var pair = pair(group, "expect");
        if (pair != null && !pair.later().occurredAt().isAfter(deadline)) {
            return Judgement.of(first, SATISFIED).by(deadline);
        }
        var over = deadline.equals(Instant.MAX) ? reading.end() : reading.hasPassed(deadline) ? deadline : null;
        return (over == null
                        ? Judgement.of(first, PENDING)
                        : Judgement.of(first, reading.ifAbsent(over, missing(group, "expect", over))).metAt(pair == null ? null : pair.later()))
                .by(deadline);
    }

    private Judgement notCoExistence(List<PlainEvent> group) {
        var first = group.getFirst();
        return pair(group, "forbid") != null ? Judgement.of(first, VIOLATED)
                : Judgement.of(first, reading.end() == null ? PENDING : reading.ifNothingBroke(reading.end(), missing(group, "forbid", reading.end())));
    }

    /// All events of either kind; or, where the rule has `by`, those of each correlation key.
    private Stream<List<PlainEvent>> groups(String partner) {
        var either = reading.journey().stream()
                .filter(event -> reading.selects("when", event) || reading.selects(partner, event))
                .filter(event -> reading.isWhole(reading.rule().path("by"), event))
                .toList();
        return either.stream().map(reading::key).distinct().map(key -> either.stream().filter(event -> reading.key(event).equals(key)).toList());
    }

    /// The pair that is complete first.
    private @Nullable Pair pair(List<PlainEvent> group, String partner) {
        return group.stream()
                .filter(one -> reading.selects("when", one))
                .flatMap(one -> group.stream().filter(two -> reading.matches(one, two, partner)).map(two -> new Pair(one, two)))
                .min((left, right) -> left.later().compareTo(right.later()))
                .orElse(null);
    }

    /// What had not come by `moment`; both where both had come and made no pair.
    private JsonNode[] missing(List<PlainEvent> group, String partner, Instant moment) {
        var missing = Stream.of("when", partner)
                .filter(selector -> group.stream().noneMatch(event -> reading.selects(selector, event) && !event.occurredAt().isAfter(moment)))
                .toList();
        return (missing.isEmpty() ? Stream.of("when", partner) : missing.stream()).map(reading.rule()::get).toArray(JsonNode[]::new);
    }
}
