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
    /// Most values are ids, and an id is its own key: no other value is written like it.
    ///
    /// @param value not missing
    public static String key(JsonNode value) {
        if (value.isTextual() && isWord(value.textValue())) {
            return value.textValue();
        }
        return CanonicalJson.text(value.isContainerNode() ? withoutNullMembers(value.deepCopy()) : value);
    }

    /// Begins as no canonical JSON does, but for `true` and `false`.
    private static boolean isWord(String text) {
        if (text.isEmpty() || !Character.isLetter(text.charAt(0)) || text.equals("true") || text.equals("false")) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) < ' ') {
                return false;
            }
        }
        return true;
    }

    private static JsonNode withoutNullMembers(JsonNode value) {
        if (value instanceof ObjectNode object) {
            object.removeIf(JsonNode::isNull);
        }
        value.forEach(ExactJson::withoutNullMembers);
        return value;
    }
}
