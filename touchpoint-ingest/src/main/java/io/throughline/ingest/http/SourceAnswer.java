package io.throughline.ingest.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.definition.SourceJson;
import io.throughline.ingest.WarnedTypes;
import io.throughline.ingest.WarnedTypes.Warned;
import io.throughline.ingest.sources.SourceState.Registered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a caller learns about a source: its definition, which version that is, who asked for it when, where it lies on the log, and of which events it
/// was warned.
final class SourceAnswer {

    private SourceAnswer() {}

    /// @param next `null` on the last page
    /// @param unregistered warnings of sources that are not registered; on the first page only
    record Listing(List<JsonNode> items, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<JsonNode> unregistered) {}

    /// @param warned since the service started
    static JsonNode of(Registered source, List<Warned> warned) {
        var json = JsonNodeFactory.instance.objectNode().put("name", source.definition().name());
        json.setAll(SourceJson.write(source.definition()));
        json.put("version", source.version()).put("position", source.position().toString())
                .put("changedBy", source.by()).put("changedAt", source.at().toString());
        return withWarned(json, warned);
    }

    private static ObjectNode withWarned(ObjectNode source, List<Warned> warned) {
        var types = source.putArray("warned");
        warned.forEach(one -> types.addObject().put("type", one.type()).put("events", one.events())
                .put("pointer", one.last().pointer()).put("detail", one.last().detail()));
        return source;
    }

    /// @param unregistered their names; `null` on further pages
    static Listing page(List<Registered> sources, WarnedTypes warned, @Nullable String next, @Nullable List<String> unregistered) {
        return new Listing(sources.stream().map(source -> of(source, warned.of(source.definition().name()))).toList(), next,
                unregistered == null ? null : unregistered.stream()
                        .map(name -> (JsonNode) withWarned(JsonNodeFactory.instance.objectNode().put("name", name), warned.of(name))).toList());
    }
}
