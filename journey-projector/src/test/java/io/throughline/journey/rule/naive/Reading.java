package io.throughline.journey.rule.naive;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.journey.rule.naive.Judgement.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One case in the words of RULES.md that all patterns share.
final class Reading {

    private static final List<String> NO_NEIGHBOURS = List.of("source-heartbeat.v1", "identity-linked.v1", "identity-unlinked.v1", "person-forgotten.v1");

    private final Case of;
    private final JsonNode rule;
    private final List<PlainEvent> journey = new ArrayList<>();
    private @Nullable Instant end;

    Reading(Case of) {
        this.of = of;
        this.rule = of.rule();
        of.events().stream().filter(event -> !event.occurredAt().isAfter(of.asOf())).sorted().forEach(this::add);
        if (end == null && !journey.isEmpty() && rule.has("idle") && hasPassed(idleEnd())) {
            end = idleEnd();
        }
    }

    private void add(PlainEvent event) {
        if (end == null && !journey.isEmpty() && rule.has("idle") && event.occurredAt().isAfter(idleEnd())) {
            end = idleEnd();
        }
        if (end == null) {
            journey.add(event);
            end = rule.has("closes") && selects("closes", event) ? event.occurredAt() : null;
        }
    }

    private Instant idleEnd() {
        return PlainTime.after(journey.getLast().occurredAt(), rule.get("idle").textValue(), PlainTime.zone(rule));
    }

    JsonNode rule() {
        return rule;
    }

    /// The events of the journey, up to its end, in order.
    List<PlainEvent> journey() {
        return journey;
    }

    /// When the journey ended; `null` while it goes on.
    @Nullable Instant end() {
        return end;
    }

    List<PlainEvent> selected(String selector) {
        return journey.stream().filter(event -> selects(selector, event)).toList();
    }

    List<PlainEvent> neighbours() {
        return journey.stream().filter(this::isNeighbour).toList();
    }

    private boolean isNeighbour(PlainEvent event) {
        return rule.has("among") ? PlainSelector.covers(rule.get("among"), event.type()) : !NO_NEIGHBOURS.contains(event.type());
    }

    // Selecting and correlating.

    boolean selects(String name, PlainEvent event) {
        return PlainSelector.selects(rule.path(name), event);
    }

    /// Another event than the activation, selected by `name`, equal in `by`, for which the rule's `where` holds.
    boolean matches(PlainEvent activation, PlainEvent candidate, String name) {
        return candidate != activation
                && selects(name, candidate)
                && correlates(rule.path("by"), activation, candidate)
                && (!rule.has("where") || PlainCel.holds(rule.get("where").textValue(), activation, candidate));
    }

    boolean correlates(JsonNode by, PlainEvent one, PlainEvent two) {
        return PlainSelector.items(by).allMatch(path -> {
            var left = exact(one, path);
            return Objects.equals(left, exact(two, path)) && (left != null || path.endsWith("?"));
        });
    }

    /// `event` closes the window of the activation: `until`, with its own `by` where given, else the rule's.
    boolean closes(PlainEvent activation, PlainEvent event) {
        var by = rule.path("until").has("by") ? rule.get("until").get("by") : rule.path("by");
        return rule.has("until") && selects("until", event) && correlates(by, activation, event);
    }

    /// The activation has all that its `by` and that of `until` need.
    boolean isCorrelated(PlainEvent activation) {
        return isWhole(rule.path("by"), activation) && isWhole(rule.path("until").path("by"), activation);
    }

    @Nullable PlainEvent closer(PlainEvent activation) {
        return journey.stream().filter(event -> activation.isBefore(event) && closes(activation, event)).findFirst().orElse(null);
    }

    /// Every path that must be there is there.
    boolean isWhole(JsonNode by, PlainEvent event) {
        return correlates(by, event, event);
    }

    /// Equal for events that are equal in `by`.
    String key(PlainEvent event) {
        return PlainSelector.items(rule.path("by")).map(path -> exact(event, path) + "").toList().toString();
    }

    private static @Nullable String exact(PlainEvent event, String path) {
        return PlainValue.exact(PlainValue.at(event, path.replace("?", "")));
    }

    // Time.

    /// The last moment in time of `earlier`; the end of all time where the rule gives none, `null` where the event does not say what the rule needs.
    @Nullable Instant deadline(PlainEvent earlier) {
        var within = rule.path("within");
        if (within.has("until")) {
            return PlainCel.moment(within.get("until").textValue(), earlier);
        }
        if (within.has("businessDays")) {
            var calendar = Optional.ofNullable(of.calendars().get(within.path("calendar").asText())).orElseThrow();
            return PlainTime.endOfBusinessDay(earlier.occurredAt(), within.get("businessDays").intValue(), PlainTime.zone(rule), calendar);
        }
        return within.isTextual() ? PlainTime.after(earlier.occurredAt(), within.textValue(), PlainTime.zone(rule)) : Instant.MAX;
    }

    /// `later` is in time of `earlier`.
    boolean inTime(PlainEvent earlier, PlainEvent later) {
        var deadline = deadline(earlier);
        return deadline != null && !later.occurredAt().isAfter(deadline);
    }

    boolean hasPassed(Instant deadline) {
        return of.asOf().isAfter(deadline);
    }

    // Silence.

    /// What may be said of something that had to come by `moment`, from one of these selectors, and has not.
    Word ifAbsent(Instant moment, JsonNode... selectors) {
        var unheard = of.sources().stream()
                .filter(source -> Stream.of(selectors).anyMatch(selector -> PlainSelector.mayCome(selector, source)))
                .filter(source -> !source.isHeardThrough(moment, of.time()))
                .toList();
        return unheard.isEmpty() ? Word.VIOLATED
                : unheard.stream().anyMatch(source -> source.isSilent(moment, of.time())) ? Word.UNDETERMINED
                : Word.PENDING;
    }

    /// A prohibition is kept only if nothing that breaks it can still come by `moment`; until then it is open, however silent the sources are.
    Word ifNothingBroke(Instant moment, JsonNode... selectors) {
        return ifAbsent(moment, selectors) == Word.VIOLATED ? Word.SATISFIED : Word.PENDING;
    }
}
