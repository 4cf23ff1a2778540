package io.throughline.journey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.throughline.events.json.EventJson;
import org.jspecify.annotations.Nullable;

/// The `data` of a touchpoint: kept as text, parsed when a rule first asks, because most rules ask about few events.
///
/// Not thread-safe: it belongs to one evaluation.
public final class Payload {

    private final @Nullable String text;
    private @Nullable JsonNode parsed;

    private Payload(@Nullable String text, @Nullable JsonNode parsed) {
        this.text = text;
        this.parsed = parsed;
    }

    /// @param text JSON, or `null` where the event has no data
    public static Payload ofText(@Nullable String text) {
        return new Payload(text, text == null ? MissingNode.getInstance() : null);
    }

    public static Payload ofJson(JsonNode json) {
        return new Payload(json.isMissingNode() ? null : json.toString(), json);
    }

    /// The parsed data; a missing node where there is none.
    public JsonNode json() {
        if (parsed == null) {
            try {
                parsed = EventJson.mapper().readTree(text);
            } catch (JsonProcessingException _) {
                // The projector keeps unreadable data aside; what still gets here is shown, and no rule can read it.
                parsed = MissingNode.getInstance();
            }
        }
        return parsed;
    }

    /// As on the log, or `null`.
    public @Nullable String text() {
        return text;
    }
}
