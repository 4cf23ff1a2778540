package io.throughline.journey.rule.naive;

import static io.throughline.journey.rule.naive.Judgement.Word.SATISFIED;
import static io.throughline.journey.rule.naive.Judgement.Word.UNDETERMINED;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// `propagation`: does a use of a fact carry the value that the fact had?
record Propagating(Reading reading) {

    List<Judgement> judge() {
        return reading.selected("when").stream()
                .filter(use -> !settings(use).isEmpty())
                .map(use -> judge(use).by(use.occurredAt()))
                .toList();
    }

    private Judgement judge(PlainEvent use) {
        var settings = settings(use);
        var used = value(reading.rule(), use);
        if (used == null) {
            return Judgement.of(use, UNDETERMINED);
        }
        if (isRight(settings, used, use)) {
            return Judgement.of(use, SATISFIED);
        }
        if (!use.occurredAt().isAfter(graceFrom(settings.getFirst()))) {
            return Judgement.of(use, UNDETERMINED);
        }
        return Judgement.of(use, reading.ifAbsent(use.occurredAt(), fact().get("set"))).on(evidence(settings, used));
    }

    /// The value holds, or held until an instant t with use ≤ t + grace.
    private boolean isRight(List<PlainEvent> settings, String used, PlainEvent use) {
        int last = settings.size() - 1;
        return IntStream.rangeClosed(0, last)
                .filter(i -> used.equals(value(fact(), settings.get(i))))
                .anyMatch(i -> i == last || !use.occurredAt().isAfter(graceFrom(settings.get(i + 1))));
    }

    /// Until when a use may still carry what held before `setting`; before any use where the rule has no grace.
    private Instant graceFrom(PlainEvent setting) {
        var grace = reading.rule().path("grace");
        return grace.isTextual() ? PlainTime.after(setting.occurredAt(), grace.textValue(), PlainTime.zone(reading.rule())) : Instant.MIN;
    }

    /// The setting that should have been used, and the last one with the value that was.
    private List<PlainEvent> evidence(List<PlainEvent> settings, String used) {
        var evidence = new ArrayList<>(List.of(settings.getLast()));
        settings.reversed().stream().filter(setting -> used.equals(value(fact(), setting))).findFirst().ifPresent(evidence::add);
        return evidence;
    }

    private List<PlainEvent> settings(PlainEvent use) {
        return reading.journey().stream()
                .filter(set -> set.isBefore(use) && PlainSelector.selects(fact().get("set"), set) && value(fact(), set) != null)
                .filter(set -> reading.correlates(fact().path("key"), use, set))
                .toList();
    }

    private JsonNode fact() {
        return reading.rule().get("fact");
    }

    private static @Nullable String value(JsonNode holder, PlainEvent event) {
        return PlainValue.normalised(PlainCel.json(holder.get("value").asText(), event));
    }
}
