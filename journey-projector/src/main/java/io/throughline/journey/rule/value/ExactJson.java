package io.throughline.journey.rule.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.json.CanonicalJson;

/// Equality of JSON as correlation needs it: numbers by value (`1` is `1.0`), text to the letter, `null` as if it were missing.
public final class ExactJson {

    private ExactJson() {}

    public static boolean isMissing(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /// A text that two values share exactly when they are equal. It holds no control character, so it can be joined with one.
    ///
    /// @param value not missing
    public static String key(JsonNode value) {
        return CanonicalJson.text(value.isContainerNode() ? withoutNullMembers(value.deepCopy()) : value);
    }

    private static JsonNode withoutNullMembers(JsonNode value) {
        if (value instanceof ObjectNode object) {
            object.removeIf(JsonNode::isNull);
        }
        value.forEach(ExactJson::withoutNullMembers);
        return value;
    }
}
