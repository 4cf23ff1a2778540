package io.throughline.journey.rule.naive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.stream.Stream;

/// Which events a selector, as it is written, is about.
final class PlainSelector {

    private PlainSelector() {}

    static boolean selects(JsonNode selector, PlainEvent event) {
        return covers(selector.path("type"), event.type())
                && (!selector.has("source") || selector.get("source").textValue().equals(event.source()))
                && (!selector.has("channel") || selector.get("channel").textValue().equals(event.channel()))
                && (!selector.has("where") || PlainCel.holds(selector.get("where").textValue(), event, event));
    }

    /// @param types one, or a list of them; each a type, or a family of them that ends with `*`
    static boolean covers(JsonNode types, String type) {
        return items(types).anyMatch(each -> covers(each, type));
    }

    private static boolean covers(String pattern, String type) {
        return pattern.endsWith("*") ? type.startsWith(pattern.substring(0, pattern.length() - 1)) : type.equals(pattern);
    }

    /// One text, or a list of them; none where there is neither.
    static Stream<String> items(JsonNode texts) {
        var items = new ArrayList<String>();
        if (texts.isArray()) {
            texts.forEach(text -> items.add(text.textValue()));
        } else if (texts.isTextual()) {
            items.add(texts.textValue());
        }
        return items.stream();
    }

    /// An event that it selects may still come from `source`.
    static boolean mayCome(JsonNode selector, PlainSource source) {
        return selector.has("source")
                ? selector.get("source").textValue().equals(source.name())
                : items(selector.path("type")).anyMatch(type -> source.types().stream().anyMatch(registered -> overlap(type, registered)));
    }

    private static boolean overlap(String one, String two) {
        return covers(one, two.replace("*", "")) || covers(two, one.replace("*", ""));
    }
}
