package io.throughline.events.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.json.Violation;
import java.util.List;

/// The JSON of a source: `{ "channel": "web", "types": ["page-viewed.v1"], "heartbeat": "PT5M", "expectedDelay": "PT1H", "clockSkew": "PT1M" }`,
/// each field optional. Durations are exact, `PT…`, up to 30 days.
public final class SourceJson {

    private SourceJson() {}

    /// What came of reading one.
    public sealed interface Reading {
        record Readable(SourceDefinition definition) implements Reading {}

        /// @param violations at least one
        record Invalid(List<Violation> violations) implements Reading {}
    }

    /// Reads what an operator asks for: a field that we do not know would be a wish that we do not fulfil, and is refused.
    ///
    /// @param name as the operator wrote it
    public static Reading ask(String name, JsonNode json) {
        var fields = new SourceFields(json);
        fields.name(name);
        fields.refuseUnknown();
        return fields.reading(name);
    }

    /// Reads what is on the log: fields that a later version of ours wrote are passed over.
    public static Reading recorded(String name, JsonNode json) {
        return new SourceFields(json).reading(name);
    }

    /// Reading it back gives the same definition.
    public static ObjectNode write(SourceDefinition definition) {
        var json = JsonNodeFactory.instance.objectNode();
        if (definition.channel() != null) {
            json.put("channel", definition.channel());
        }
        var types = json.putArray("types");
        definition.types().forEach(types::add);
        if (definition.heartbeat() != null) {
            json.put("heartbeat", definition.heartbeat().toString());
        }
        json.put("expectedDelay", definition.expectedDelay().toString());
        if (definition.clockSkew() != null) {
            json.put("clockSkew", definition.clockSkew().toString());
        }
        return json;
    }
}
