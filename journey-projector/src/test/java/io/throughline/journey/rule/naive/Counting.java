package io.throughline.journey.rule.naive;

import static io.throughline.journey.rule.naive.Judgement.Word.PENDING;
import static io.throughline.journey.rule.naive.Judgement.Word.SATISFIED;
import static io.throughline.journey.rule.naive.Judgement.Word.UNDETERMINED;
import static io.throughline.journey.rule.naive.Judgement.Word.VIOLATED;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `existence`, `absence`, `exactly`: how many there are.
record Counting(Reading reading) {

    List<Judgement> judge() {
        var rule = reading.rule();
        if (reading.journey().isEmpty()) {
            return List.of();
        }
        return switch (rule.get("pattern").textValue()) {
            case "existence" -> rule.has("when") ? reading.selected("when").stream().map(this::existenceAfter).toList() : List.of(existence());
            case "absence" -> groups().stream().map(this::absence).toList();
            default -> groups().stream().map(this::exactly).toList();
        };
    }

    private Judgement existence() {
        return atLeast(activation(counted()), reading.deadline(start()), counted(), null);
    }

    private Judgement existenceAfter(PlainEvent a) {
        var deadline = reading.deadline(a);
        if (deadline == null || !reading.isCorrelated(a)) {
            return Judgement.of(a, UNDETERMINED);
        }
        var after = reading.journey().stream().filter(event -> a.isBefore(event) && reading.matches(a, event, "expect")).toList();
        return atLeast(a, deadline, after, reading.closer(a));
    }

    private Judgement atLeast(PlainEvent activation, Instant deadline, List<PlainEvent> counted, @Nullable PlainEvent closer) {
        int n = number("min", 1);
        var inTime = counted.stream().filter(event -> !event.occurredAt().isAfter(deadline) && (closer == null || !closer.isBefore(event))).toList();
        if (inTime.size() >= n) {
            return Judgement.of(activation, SATISFIED).by(deadline);
        }
        if (closer != null && !closer.occurredAt().isAfter(deadline)) {
            return Judgement.of(activation, reading.ifAbsent(closer.occurredAt(), counts())).by(deadline);
        }
        var over = over(deadline);
        return (over == null ? Judgement.of(activation, PENDING)
                : Judgement.of(activation, reading.ifAbsent(over, counts())).metAt(nthOf(counted, closer))).by(deadline);
    }

    private @Nullable PlainEvent nthOf(List<PlainEvent> counted, @Nullable PlainEvent closer) {
        return counted.stream().filter(event -> closer == null || !closer.isBefore(event)).skip(number("min", 1) - 1L).findFirst().orElse(null);
    }

    private Judgement absence(List<PlainEvent> counted) {
        var activation = activation(counted);
        if (counted.size() > number("max", 0)) {
            return Judgement.of(activation, VIOLATED);
        }
        return Judgement.of(activation, reading.end() == null ? PENDING : reading.ifNothingBroke(reading.end(), counts()));
    }

    private Judgement exactly(List<PlainEvent> counted) {
        int n = number("n", 1);
        var deadline = reading.deadline(reading.rule().has("by") ? counted.getFirst() : start());
        long inTime = counted.stream().filter(event -> !event.occurredAt().isAfter(deadline)).count();
        var over = over(deadline);
        var verdict = inTime > n ? VIOLATED
                : over == null ? PENDING
                : inTime == n ? SATISFIED
                : reading.ifAbsent(over, counts());
        return Judgement.of(activation(counted), verdict).by(deadline);
    }

    /// When counting ends: at the deadline, or where there is none with the journey; `null` before.
    private @Nullable Instant over(Instant deadline) {
        return deadline.equals(Instant.MAX) ? reading.end() : reading.hasPassed(deadline) ? deadline : null;
    }

    private List<PlainEvent> counted() {
        return reading.selected(isAbsence() ? "forbid" : "expect");
    }

    /// The counted events of the journey, or of each correlation key; an event without a key belongs to none.
    private List<List<PlainEvent>> groups() {
        if (!reading.rule().has("by")) {
            return List.of(counted());
        }
        var groups = new LinkedHashMap<String, List<PlainEvent>>();
        counted().stream()
                .filter(event -> reading.isWhole(reading.rule().get("by"), event))
                .forEach(event -> groups.computeIfAbsent(reading.key(event), _ -> new ArrayList<>()).add(event));
        return List.copyOf(groups.values());
    }

    private PlainEvent activation(List<PlainEvent> counted) {
        return counted.isEmpty() ? start() : counted.getFirst();
    }

    private PlainEvent start() {
        return reading.journey().getFirst();
    }

    private JsonNode counts() {
        return reading.rule().get(isAbsence() ? "forbid" : "expect");
    }

    private boolean isAbsence() {
        return reading.rule().get("pattern").textValue().equals("absence");
    }

    private int number(String name, int otherwise) {
        return reading.rule().path(name).asInt(otherwise);
    }
}
