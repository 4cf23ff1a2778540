package io.throughline.deploy.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A finding as a journey tells it: what identifies it, and its evidence. Events are written `source#id`.
record Told(String id, String rule, String status, String verdict, List<String> activation, List<String> evidence) {
    private static final Set<String> TAKEN_BACK = Set.of("withdrawn", "dismissed");

    /// The findings of a journey that stand.
    static List<Told> of(JsonNode journey) {
        return stream(journey.path("findings")).map(Told::one).filter(finding -> !TAKEN_BACK.contains(finding.status)).toList();
    }

    private static Told one(JsonNode finding) {
        return new Told(finding.path("id").asText(), finding.path("rule").asText(), finding.path("status").asText(), finding.path("verdict").asText(),
                references(finding.path("activation")), references(finding.path("evidence")));
    }

    private static List<String> references(JsonNode events) {
        return stream(events).map(event -> event.path("source").asText() + "#" + event.path("id").asText()).toList();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
