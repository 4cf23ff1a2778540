package io.throughline.ingest.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.throughline.events.definition.SourceJson;
import io.throughline.ingest.sources.SourceState.Registered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a caller learns about a source: its definition, which version that is, who asked for it when, and where it lies on the log.
final class SourceAnswer {

    private SourceAnswer() {}

    /// @param next `null` on the last page
    record Listing(List<JsonNode> items, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next) {}

    static JsonNode of(Registered source) {
        var json = JsonNodeFactory.instance.objectNode().put("name", source.definition().name());
        json.setAll(SourceJson.write(source.definition()));
        return json.put("version", source.version()).put("position", source.position().toString())
                .put("changedBy", source.by()).put("changedAt", source.at().toString());
    }

    static Listing page(List<Registered> sources, @Nullable String next) {
        return new Listing(sources.stream().map(SourceAnswer::of).toList(), next);
    }
}
