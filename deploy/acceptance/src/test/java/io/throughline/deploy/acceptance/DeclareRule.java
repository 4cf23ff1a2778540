package io.throughline.deploy.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// A rule that a data set lists, in one of its two readings.
///
/// @param listed with its figures
/// @param types of all events in the log
record DeclareRule(JsonNode listed, Reading reading, Set<String> types) {
    /// The type of the event that ends a case.
    static final String END = "case-ended.v1";

    enum Reading {
        /// A case never ends.
        OPEN,
        /// Every case has ended.
        CLOSED
    }

    /// What is found of a rule.
    ///
    /// @param sha256 of the violating cases
    record Figures(long activations, long satisfied, long violated, long pending, long undetermined, long violatingCases, String sha256) {}

    /// Writes these rules for `THROUGHLINE_RULES`.
    /// @return the folder
    static Path write(Path folder, Stream<DeclareRule> rules) throws IOException {
        var documents = EventJson.mapper().createArrayNode();
        rules.map(DeclareRule::document).forEach(documents::add);
        Files.writeString(folder.resolve("rules.json"), documents.toPrettyString());
        return folder;
    }

    String id() {
        return listed.path("id").asText().replace('_', '-') + "-" + reading.name().toLowerCase(Locale.ROOT);
    }

    /// In the letters of Declare, not in ours.
    String pattern() {
        return listed.path("rule").asText();
    }

    Figures figures() {
        var figures = reading == Reading.OPEN ? listed.path("open") : listed;
        return new Figures(listed.path("activations").asLong(), figures.path("satisfied").asLong(), figures.path("violated").asLong(),
                figures.path("pending").asLong(), 0, figures.path("violating_cases").asLong(), figures.path("violating_cases_sha256").asText());
    }

    /// The rule in our language.
    ObjectNode document() {
        var rule = EventJson.mapper().createObjectNode().put("id", id()).put("title", listed.path("a").asText() + ": " + pattern());
        Stream.of("within", "zone", "max").filter(listed::hasNonNull).forEach(name -> rule.set(name, listed.path(name)));
        switch (pattern()) {
            case "exactly-one" -> selecting(rule.put("pattern", "exactly").put("n", 1), "expect", "aType");
            case "existence" -> selecting(rule.put("pattern", "existence"), "expect", "aType");
            case "absence" -> selecting(rule.put("pattern", "absence"), "forbid", "aType");
            case "not-succession", "not-chain-succession" -> selecting(selecting(rule.put("pattern", pattern()), "when", "aType"), "forbid", "bType");
            // Each second event asks for a first one.
            case "precedence" -> selecting(selecting(rule.put("pattern", "precedence"), "when", "bType"), "expect", "aType");
            default -> selecting(selecting(rule.put("pattern", pattern()), "when", "aType"), "expect", "bType");
        }
        if (reading == Reading.CLOSED) {
            close(rule);
        }
        return rule;
    }

    private ObjectNode selecting(ObjectNode rule, String part, String letter) {
        rule.putObject(part).set("type", listed.path(letter));
        return rule;
    }

    /// The end is no neighbour of what came last.
    private void close(ObjectNode rule) {
        rule.putObject("closes").put("type", END);
        if (pattern().contains("chain")) {
            types.forEach(rule.putArray("among")::add);
        }
    }
}
