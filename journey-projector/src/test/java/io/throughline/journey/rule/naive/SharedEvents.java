package io.throughline.journey.rule.naive;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.journey.rule.SharedFiles;
import java.io.IOException;
import java.time.OffsetDateTime;

/// The shared data as the checker sees it; read without the code that the evaluator's events are read with.
final class SharedEvents {

    static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private SharedEvents() {}

    static JsonNode read(String name) throws IOException {
        return JSON.readTree(SharedFiles.find(name).toFile());
    }

    /// A CloudEvent, recorded when it occurred. The log of complaints tells dates only, which mean midnight in UTC.
    static PlainEvent event(JsonNode cloudEvent) {
        var time = cloudEvent.get("time").textValue();
        var at = OffsetDateTime.parse(time.length() == 10 ? time + "T00:00:00Z" : time).toInstant();
        return new PlainEvent(cloudEvent.get("source").textValue(), cloudEvent.get("id").textValue(), cloudEvent.get("type").textValue(),
                text(cloudEvent, "channel"), at, at, text(cloudEvent, "sequence"), cloudEvent.path("data"));
    }

    private static String text(JsonNode event, String name) {
        return event.has(name) ? event.get(name).asText() : null;
    }
}
