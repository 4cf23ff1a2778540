package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The summaries of the parts of a file as one, within the limits of one: equal reasons and equal warnings are counted together.
final class ImportTotals {
    private static final int MAX_REFUSALS = 1_000;
    private static final int MAX_DIFFERENT = 100;

    private final Map<List<String>, ObjectNode> reasons = new LinkedHashMap<>();
    private final Map<List<String>, ObjectNode> warnings = new LinkedHashMap<>();
    private final List<JsonNode> refusals = new ArrayList<>();
    private long lines;
    private long accepted;
    private long refused;
    private long warned;
    private long bytes;

    void add(JsonNode summary) {
        lines += summary.path("lines").asLong();
        accepted += summary.path("accepted").asLong();
        refused += summary.path("refused").asLong();
        warned += summary.path("warned").asLong();
        bytes += summary.path("bytes").asLong();
        summary.path("refusals").valueStream().limit(MAX_REFUSALS - refusals.size()).forEach(refusals::add);
        summary.path("reasons").forEach(reason -> count(reasons, List.of(text(reason, "code"), text(reason, "detail")), reason, "lines"));
        summary.path("warnings").forEach(warning ->
                count(warnings, List.of(text(warning, "type"), text(warning, "pointer"), text(warning, "detail")), warning, "events"));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    private static void count(Map<List<String>, ObjectNode> counted, List<String> key, JsonNode one, String count) {
        var known = counted.get(key);
        if (known != null) {
            known.put(count, known.path(count).asLong() + one.path(count).asLong());
        } else if (counted.size() < MAX_DIFFERENT) {
            counted.put(key, one.deepCopy());
        }
    }

    long lines() {
        return lines;
    }

    long refused() {
        return refused;
    }

    /// In the form of the API's answer.
    ObjectNode toJson(long millis) {
        var json = Api.JSON.createObjectNode().put("lines", lines).put("accepted", accepted).put("refused", refused);
        json.putArray("refusals").addAll(refusals);
        json.put("refusalsTruncated", refused > refusals.size());
        json.putArray("reasons").addAll(reasons.values().stream()
                .sorted(Comparator.comparingLong((ObjectNode reason) -> reason.path("lines").asLong()).reversed()).toList());
        json.put("warned", warned).putArray("warnings").addAll(warnings.values());
        return json.put("bytes", bytes).put("millis", millis);
    }
}
