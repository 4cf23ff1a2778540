package io.throughline.journey.rule.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.journey.rule.Rule;
import java.util.List;

/// A rule, and what it was read from: all that is needed to read it again elsewhere.
///
/// @param document the rule as it is written, without its version: whoever keeps rules numbers them
/// @param calendars as they are written, those that the rule names and that do not come with Throughline
/// @param file where it was read, `line` the one where it begins, from 1
/// @param warnings what is not wrong, and yet hardly meant
public record WrittenRule(
        Rule rule, ObjectNode document, List<JsonNode> calendars, String file, int line, List<ExampleOutcome> examples, List<RuleFault> warnings) {

    /// The same rule under another number.
    public WrittenRule as(int version) {
        return new WrittenRule(rule.as(version), document, calendars, file, line, examples, warnings);
    }

    /// What is kept of it on the log: `{ "rule": { … }, "calendars": [ … ] }`. Read it with [RuleFiles#recorded].
    public ObjectNode value() {
        var value = JsonNodeFactory.instance.objectNode();
        value.set("rule", document);
        if (!calendars.isEmpty()) {
            value.putArray("calendars").addAll(calendars);
        }
        return value;
    }
}
