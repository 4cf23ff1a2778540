package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What is to happen to one rule.
///
/// @param version that is in force, on which the change is based; 0 where there is none
/// @param value what is to be in force, rule and calendars
sealed interface RuleChange {
    String id();

    record New(String id, JsonNode value) implements RuleChange {}

    /// @param differences one line each
    record Changed(String id, long version, JsonNode value, List<String> differences) implements RuleChange {}

    record Removed(String id, long version) implements RuleChange {}

    record Unchanged(String id, long version) implements RuleChange {}

    /// @param inForce the answer of the API about the rule of this id
    static RuleChange of(String id, JsonNode inForce, JsonNode value) {
        var before = value(inForce);
        var differences = new ArrayList<String>();
        compare("", before, value, differences);
        long version = inForce.path("rule").path("version").asLong();
        return differences.isEmpty() ? new Unchanged(id, version) : new Changed(id, version, value, List.copyOf(differences));
    }

    private static ObjectNode value(JsonNode inForce) {
        var value = Api.JSON.createObjectNode();
        value.set("rule", inForce.path("definition"));
        if (!inForce.path("calendars").isEmpty()) {
            value.set("calendars", inForce.path("calendars"));
        }
        return value;
    }

    /// Objects member by member, all else as a whole; `examples` are many lines, so only that they differ is said.
    private static void compare(String path, JsonNode before, JsonNode after, List<String> differences) {
        if (before.isObject() && after.isObject()) {
            var names = new TreeSet<String>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(
                    path.isEmpty() && name.equals("rule") ? "" : path.isEmpty() ? name : path + "." + name,
                    before.path(name), after.path(name), differences));
        } else if (!before.equals(RuleChange::order, after)) {
            differences.add(path.equals("examples") || path.equals("calendars") ? path + " differ" : path + ": " + shown(before) + " → " + shown(after));
        }
    }

    /// Numbers by their value; of all else only whether it is the same.
    private static int order(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber() ? one.decimalValue().compareTo(other.decimalValue()) : one.equals(other) ? 0 : 1;
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "(none)" : value.isTextual() ? value.textValue() : value.toString();
    }

    /// In one word.
    default String word() {
        return switch (this) {
            case New _ -> "new";
            case Changed _ -> "changed";
            case Removed _ -> "removed";
            case Unchanged _ -> "unchanged";
        };
    }
}
