package io.throughline.deploy.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.StreamSupport;

/// A story of `shared/cases` with its events and what the rulebook must say about it.
record SharedCase(String name, String subject, String asOf, List<JsonNode> events, List<Expected> expected) {

    /// @param activation as `source#id`, like `evidence`, which must be among the finding's
    record Expected(String rule, String status, List<String> activation, List<String> evidence) {}

    static List<SharedCase> all() throws IOException {
        try (var files = Files.list(Project.shared("cases"))) {
            var cases = files.filter(file -> file.toString().endsWith(".json")).sorted().map(file -> {
                try {
                    return of(EventJson.mapper().readTree(Files.readAllBytes(file)));
                } catch (IOException e) {
                    throw new AssertionError("Unreadable: " + file, e);
                }
            }).toList();
            if (cases.isEmpty()) {
                throw new AssertionError("There are no cases in the shared folder.");
            }
            return cases;
        }
    }

    private static SharedCase of(JsonNode story) {
        return new SharedCase(story.path("case").asText(), story.path("subject").asText(), story.path("asOf").asText(),
                items(story.path("events")), items(story.path("expect")).stream().map(SharedCase::expected).toList());
    }

    private static Expected expected(JsonNode finding) {
        return new Expected(finding.path("rule").asText(), finding.path("status").asText(), texts(finding.path("activation")),
                texts(finding.path("evidenceIncludes")));
    }

    private static List<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    private static List<String> texts(JsonNode list) {
        return items(list).stream().map(JsonNode::asText).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
