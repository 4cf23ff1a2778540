package io.throughline.journey.rule.naive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Values of events, written so that equal ones have equal text.
final class PlainValue {

    private PlainValue() {}

    /// What `path` (`data.caseId`, `channel`) leads to; a missing node where it leads nowhere.
    static JsonNode at(PlainEvent event, String path) {
        var names = path.split("\\.");
        var value = attribute(event, names[0]);
        for (int i = 1; i < names.length; i++) {
            value = value.path(names[i]);
        }
        return value;
    }

    private static JsonNode attribute(PlainEvent event, String name) {
        return switch (name) {
            case "type" -> TextNode.valueOf(event.type());
            case "source" -> TextNode.valueOf(event.source());
            case "id" -> TextNode.valueOf(event.id());
            case "channel" -> event.channel() == null ? MissingNode.getInstance() : TextNode.valueOf(event.channel());
            case "data" -> event.data();
            default -> throw new IllegalArgumentException("the checker does not know the attribute " + name);
        };
    }

    /// Exact JSON: numbers by value, text as it is, null is missing.
    static @Nullable String exact(JsonNode value) {
        return isMissing(value) ? null : write(value, false);
    }

    /// RULES.md, "Normalised values"; of text only what ASCII needs, for the generator writes nothing else.
    static @Nullable String normalised(JsonNode value) {
        return isMissing(value) ? null : write(value, true);
    }

    static boolean isMissing(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static String write(JsonNode value, boolean normalise) {
        return switch (value.getNodeType()) {
            case NUMBER -> "#" + number(value.decimalValue());
            case STRING -> TextNode.valueOf(normalise ? folded(value.textValue()) : value.textValue()).toString();
            case ARRAY -> list(value, normalise).toString();
            case OBJECT -> object(value, normalise).toString();
            default -> value.toString();
        };
    }

    private static String number(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[ \\t\\n\\r\\f\\x0B]+", " ").strip();
    }

    private static List<String> list(JsonNode list, boolean normalise) {
        var written = new ArrayList<String>();
        list.forEach(element -> written.add(write(element, normalise)));
        return written;
    }

    private static TreeMap<String, String> object(JsonNode object, boolean normalise) {
        var written = new TreeMap<String, String>();
        boolean money = object.path("currency").isTextual();
        object.properties().forEach(member -> {
            var value = member.getValue();
            if (!(normalise && value.isNull())) {
                boolean amount = normalise && money && member.getKey().equals("amount") && value.isTextual();
                written.put(member.getKey(), amount ? "#" + number(new BigDecimal(value.textValue())) : write(value, normalise));
            }
        });
        return written;
    }
}
