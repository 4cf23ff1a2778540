package io.throughline.deploy.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The road traffic fines: their `response` rules, and what an independent program says of them.
///
/// @param profile counts of cases and events
/// @param asOf the log's last instant, as of which the rules are judged
record FineRules(JsonNode profile, String asOf, List<FineRule> rules) {

    /// @param open how many activations have which verdict when a case never ends, and whose were violated
    record FineRule(String id, JsonNode definition, long activations, JsonNode open) {
        @Override
        public String toString() {
            return "%s within %s".formatted(id, definition.path("within").asText("no time"));
        }
    }

    static FineRules read() {
        try {
            var expected = EventJson.mapper().readTree(Files.readAllBytes(Project.shared("data/road_fines_2000.expected.json")));
            return new FineRules(expected.path("profile"), expected.path("as_of").asText(),
                    expected.path("rules").valueStream().filter(rule -> rule.path("rule").asText().equals("response")).map(FineRules::rule).toList());
        } catch (IOException e) {
            throw new AssertionError("The expected figures cannot be read", e);
        }
    }

    private static FineRule rule(JsonNode expected) {
        var id = expected.path("id").asText().replace('_', '-');
        var definition = JsonNodeFactory.instance.objectNode();
        definition.put("id", id).put("title", expected.path("a").asText() + ", then " + expected.path("b").asText()).put("pattern", "response");
        definition.putObject("when").set("type", expected.path("aType"));
        definition.putObject("expect").set("type", expected.path("bType"));
        for (var optional : List.of("within", "zone")) {
            if (expected.hasNonNull(optional)) {
                definition.set(optional, expected.get(optional));
            }
        }
        return new FineRule(id, definition, expected.path("activations").asLong(), expected.path("open"));
    }

    /// Writes one rule file each, for `THROUGHLINE_RULES`.
    /// @return the folder
    Path write(Path folder) throws IOException {
        for (var rule : rules) {
            Files.writeString(folder.resolve(rule.id + ".json"), rule.definition.toPrettyString());
        }
        return folder;
    }
}
