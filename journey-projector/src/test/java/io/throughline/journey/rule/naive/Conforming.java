package io.throughline.journey.rule.naive;

import static io.throughline.journey.rule.naive.Judgement.Word.PENDING;
import static io.throughline.journey.rule.naive.Judgement.Word.SATISFIED;
import static io.throughline.journey.rule.naive.Judgement.Word.VIOLATED;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// `conformance`: the stages of a journey design occur in a permitted order, and the mandatory ones occur.
///
/// What a permitted order is, RULES.md does not say. Here: the order of the list, optional stages left out or not, any stage as often as it
/// likes before the next; where a stage says `after`, that instead: one of these, or itself, was the stage before.
record Conforming(Reading reading) {

    List<Judgement> judge() {
        var staged = reading.journey().stream()
                .filter(event -> !stagesOf(event).isEmpty() && reading.isWhole(reading.rule().path("by"), event))
                .toList();
        return staged.stream().map(reading::key).distinct()
                .map(key -> judge(staged.stream().filter(event -> reading.key(event).equals(key)).toList()))
                .toList();
    }

    private Judgement judge(List<PlainEvent> events) {
        var first = events.getFirst();
        List<Integer> path = List.of();
        for (var event : events) {
            int before = path.isEmpty() ? -1 : path.getLast();
            var next = stagesOf(event).stream().filter(stage -> mayFollow(before, stage)).findFirst();
            if (next.isEmpty()) {
                return Judgement.of(first, VIOLATED);
            }
            path = Stream.concat(path.stream(), next.stream()).toList();
        }
        var passed = List.copyOf(path);
        var missing = selectors(stage -> !isOptional(stage) && !passed.contains(stage));
        return Judgement.of(first, missing.length == 0 ? SATISFIED : reading.end() == null ? PENDING : reading.ifAbsent(reading.end(), missing));
    }

    private JsonNode[] selectors(IntPredicate stages) {
        return IntStream.range(0, stages().size()).filter(stages).mapToObj(stage -> stages().get(stage).get("event")).toArray(JsonNode[]::new);
    }

    private boolean mayFollow(int before, int stage) {
        if (stage == before) {
            return true;
        }
        var after = stages().get(stage).path("after");
        if (!after.isMissingNode()) {
            return before >= 0 && PlainSelector.items(after).anyMatch(stages().get(before).get("name").textValue()::equals);
        }
        return before < stage && IntStream.range(before + 1, stage).allMatch(this::isOptional);
    }

    private boolean isOptional(int stage) {
        return stages().get(stage).path("optional").booleanValue();
    }

    private List<Integer> stagesOf(PlainEvent event) {
        return IntStream.range(0, stages().size()).filter(stage -> PlainSelector.selects(stages().get(stage).get("event"), event)).boxed().toList();
    }

    private JsonNode stages() {
        return reading.rule().get("stages");
    }
}
