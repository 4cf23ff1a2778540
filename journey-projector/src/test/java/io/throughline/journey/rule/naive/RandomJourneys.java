package io.throughline.journey.rule.naive;

import static java.util.Comparator.naturalOrder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.throughline.journey.rule.naive.PlainSource.Heard;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Journeys in which everything collides: few types, keys and values, equal instants, times just before, on and after a deadline of the rule,
/// nights on which clocks change.
record RandomJourneys(Chance chance, JsonNode rule) {

    static final List<String> SOURCES = List.of("/s", "/t");
    private static final List<String> TYPES =
            List.of("a", "a", "a", "a", "a", "b", "b", "b", "b", "b", "c", "c", "c", "ab", "noise", "identity-linked.v1", "identity-unlinked.v1",
                    "source-heartbeat.v1", "person-forgotten.v1");
    private static final List<String> NIGHTS = List.of("2026-03-28T18:00:00Z", "2026-10-24T18:00:00Z", "2026-03-07T20:00:00Z", "2026-11-01T00:00:00Z",
            "2026-04-23T15:00:00Z", "2026-10-29T14:00:00Z", "2026-04-04T10:00:00Z", "2026-01-30T22:00:00Z", "2026-05-01T12:00:00Z", "2026-04-02T09:00:00Z");
    private static final List<String> KEYS = List.of("'k':1", "'k':1", "'k':1.0", "'k':'1'", "'k':2", "'k':null", "",
            "'k':9007199254740993", "'k':9007199254740992.0", "'k':12345678901234567890", "'k':12345678901234567891");
    private static final List<String> VALUES = List.of("1", "1.0", "1", "1", "2", "'x'", "'x'", "'x'", "'x'", "'X '", "'x  y'", "'X y'", "true", "null",
            "{'amount':'1.0','currency':'EUR'}", "{'currency':'EUR','amount':'1.00','note':null}", "{'currency':'EUR','amount':'2'}", "[1,2]", "[1.0,2]",
            "9007199254740993", "9007199254740993", "9007199254740992.0", "12345678901234567890", "12345678901234567891", "0.1", "0.10000000000000000001",
            "[12345678901234567890]", "[12345678901234567891]", "{'amount':'12345678901234567890.10','currency':'EUR'}",
            "{'amount':12345678901234567890.1,'currency':'EUR'}");
    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param most how many events at most
    Case of(int most) {
        var events = new ArrayList<PlainEvent>();
        var start = Instant.parse(chance.of(NIGHTS));
        int size = chance.below(chance.of(most / 8, most / 3, most) + 1);
        for (int i = 0; i < size; i++) {
            events.add(event("e" + i, moment(start, events), start));
        }
        var seen = chance.oneIn(3) ? moment(start, events) : events.stream().map(PlainEvent::occurredAt).max(naturalOrder()).orElse(start);
        var asOf = seen.plus(chance.of(0, 0, 1, 48, 1_000), ChronoUnit.HOURS);
        var time = chance.oneIn(3) ? asOf.plus(chance.below(60), ChronoUnit.HOURS) : asOf;
        return new Case(rule, events, chance.oneIn(2) || isConformance() ? List.of() : sources(start, events), Calendars.ALL, time, asOf);
    }

    /// RULES.md does not say for whom a deviation from a design waits.
    private boolean isConformance() {
        return rule.get("pattern").textValue().equals("conformance");
    }

    private PlainEvent event(String id, Instant at, Instant start) {
        var recorded = chance.oneIn(3) ? at.plus(chance.below(30), ChronoUnit.HOURS) : at;
        return new PlainEvent(chance.of(SOURCES), chance.oneIn(3) ? "x" + id : id, chance.of(TYPES), chance.of(null, "web", "shop"),
                at, recorded, sequence(), data(start));
    }

    private @Nullable String sequence() {
        return chance.of(null, null, "1", "01", "2", "10", "-3", "x", "a");
    }

    private JsonNode data(Instant start) {
        if (chance.oneIn(15)) {
            return MissingNode.getInstance();
        }
        var members = new ArrayList<>(List.of(chance.of(KEYS)));
        members.add(chance.oneIn(5) ? "" : "'v':" + chance.of(VALUES));
        members.add(chance.oneIn(2) ? "" : "'w':" + chance.of("1", "1.0", "'x'", "2", "9007199254740992", "12345678901234567891"));
        members.add(chance.oneIn(4) ? "" : "'due':" + due(start));
        members.removeIf(String::isEmpty);
        return json("{" + String.join(",", members) + "}");
    }

    private String due(Instant start) {
        var due = start.plus(chance.below(72) - 6, ChronoUnit.HOURS);
        return chance.of("'" + due + "'", "'" + due + "'", "'" + due.atOffset(ZoneOffset.ofHours(2)) + "'",
                "'" + DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(due.atOffset(ZoneOffset.ofHours(2))) + "'", "'2026-03-29T08:00:00'", "7", "null");
    }

    /// Some full hour, or an instant that another event has, or one beside a deadline of the rule.
    private Instant moment(Instant start, List<PlainEvent> events) {
        if (events.isEmpty() || chance.oneIn(3)) {
            return start.plus(chance.below(chance.of(6, 48, 400)), ChronoUnit.HOURS);
        }
        var earlier = chance.of(events);
        return chance.oneIn(3) ? earlier.occurredAt() : chance.of(new DueTimes(rule).of(earlier).toList()).plus(chance.below(3) - 1, ChronoUnit.MICROS);
    }

    private List<PlainSource> sources(Instant start, List<PlainEvent> events) {
        return SOURCES.stream().filter(_ -> !chance.oneIn(4)).map(name -> source(name, start, events)).toList();
    }

    private PlainSource source(String name, Instant start, List<PlainEvent> events) {
        var types = List.of("a", "b", "c", "a*").stream().filter(_ -> chance.oneIn(2)).toList();
        var heard = new ArrayList<Heard>();
        for (int i = chance.below(4); i > 0; i--) {
            var at = moment(start, events).plus(chance.of(0, 1, 30, 100), ChronoUnit.HOURS);
            heard.add(new Heard(at, at.plus(chance.below(4) - 1, ChronoUnit.HOURS)));
        }
        return new PlainSource(name, types, chance.oneIn(3) ? null : Duration.ofHours(chance.below(8)), Duration.ofHours(chance.of(0, 0, 1, 12)), heard);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
