package io.throughline.journey.rule.naive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.throughline.journey.rule.naive.PlainSource.Heard;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Cases as text, to read in a test and to paste from a failure.
///
/// ```yaml
/// rule: { pattern: response, when: { type: a }, expect: { type: b }, within: PT1H }
/// events:
/// - { at: 2026-05-04T10:00:00Z, type: a, data: { k: 1 } }    # also id, source, channel, sequence, recorded
/// sources:
/// - { name: /s, types: [b], heartbeat: PT1H, delay: PT0S, heard: [ [2026-05-04T10:00:00Z, 2026-05-04T10:00:01Z] ] }
/// asOf: 2026-05-04T12:00:00Z                                 # also time, if it is later
/// ```
final class CaseText {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private CaseText() {}

    static Case read(String yaml) {
        try {
            var text = YAML.readTree(yaml);
            var asOf = moment(text.get("asOf"));
            var events = new ArrayList<PlainEvent>();
            text.get("events").forEach(event -> events.add(event(event, events.size() + 1)));
            return new Case(text.get("rule"), events, stream(text.path("sources")).map(CaseText::source).toList(), Calendars.ALL,
                    text.has("time") ? moment(text.get("time")) : asOf, asOf);
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static PlainEvent event(JsonNode event, int place) {
        var at = moment(event.get("at"));
        return new PlainEvent(event.path("source").asText("/s"), event.path("id").asText("e" + place), event.get("type").textValue(),
                text(event.path("channel")), at, event.has("recorded") ? moment(event.get("recorded")) : at, text(event.path("sequence")), event.path("data"));
    }

    private static PlainSource source(JsonNode source) {
        return new PlainSource(source.get("name").textValue(), PlainSelector.items(source.path("types")).toList(),
                source.has("heartbeat") ? Duration.parse(source.get("heartbeat").textValue()) : null,
                Duration.parse(source.path("delay").asText("PT0S")),
                stream(source.path("heard")).map(heard -> new Heard(moment(heard.get(0)), moment(heard.get(1)))).toList());
    }

    static String write(Case of) {
        return "rule: " + of.rule() + "\nevents:\n" + lines(of.events().stream().sorted().map(CaseText::write).toList())
                + (of.sources().isEmpty() ? "" : "sources:\n" + lines(of.sources().stream().map(CaseText::write).toList()))
                + (of.time().equals(of.asOf()) ? "" : "time: " + of.time() + "\n") + "asOf: " + of.asOf();
    }

    private static String lines(List<JsonNode> nodes) {
        return nodes.stream().map(node -> "- " + node + "\n").collect(Collectors.joining());
    }

    private static JsonNode write(PlainEvent event) {
        var text = NODES.objectNode().put("at", event.occurredAt().toString()).put("type", event.type()).put("source", event.source()).put("id", event.id());
        if (event.channel() != null) {
            text.put("channel", event.channel());
        }
        if (event.sequence() != null) {
            text.put("sequence", event.sequence());
        }
        if (!event.recordedAt().equals(event.occurredAt())) {
            text.put("recorded", event.recordedAt().toString());
        }
        return event.data().isMissingNode() ? text : text.set("data", event.data());
    }

    private static JsonNode write(PlainSource source) {
        var text = NODES.objectNode().put("name", source.name()).put("delay", source.delay().toString());
        source.types().forEach(text.putArray("types")::add);
        if (source.heartbeat() != null) {
            text.put("heartbeat", source.heartbeat().toString());
        }
        var heard = text.putArray("heard");
        source.records().forEach(record -> heard.addArray().add(record.occurredAt().toString()).add(record.recordedAt().toString()));
        return text;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isMissingNode() ? null : node.asText();
    }

    private static Instant moment(JsonNode node) {
        return OffsetDateTime.parse(node.textValue()).toInstant();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
