package io.throughline.events.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One form for all in which CloudEvents lets one event travel, so that they have one content hash:
///
/// - a member that is `null` is absent;
/// - `datacontenttype` is absent where it is `application/json`, its default, and has neither parameters nor capitals;
/// - an extension is its canonical text, as in a header: `5` is `"5"`, `true` is `"true"`;
/// - `data_base64` is the JSON that it encodes, as `data`.
///
/// Everything else is as the channel sent it: a time with another offset, or a subject in other letters, is another content.
final class NormalForm {

    private static final String DEFAULT_CONTENT_TYPE = "application/json";

    private NormalForm() {}

    /// @param event an object that is a valid CloudEvent
    /// @param data of the event, decoded
    static JsonNode of(JsonNode event, @Nullable JsonNode data) {
        if (isNormal(event)) {
            return event;
        }
        var normal = JsonNodeFactory.instance.objectNode();
        event.forEachEntry((name, value) -> {
            if (!value.isNull() && !isOfTheData(name)) {
                normal.put(name, value.asText());
            }
        });
        var contentType = contentType(event.path("datacontenttype"));
        if (!contentType.equals(DEFAULT_CONTENT_TYPE)) {
            normal.put("datacontenttype", contentType);
        }
        if (data != null) {
            normal.set("data", data);
        }
        return normal;
    }

    /// Most events are: no copy is made of those.
    private static boolean isNormal(JsonNode event) {
        for (var member : event.properties()) {
            var value = member.getValue();
            boolean normal = switch (member.getKey()) {
                case "data" -> !value.isNull();
                case "data_base64", "datacontenttype" -> false;
                default -> value.isTextual();
            };
            if (!normal) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfTheData(String name) {
        return name.equals("data") || name.equals("data_base64") || name.equals("datacontenttype");
    }

    /// Parameters say nothing about the content: JSON is UTF-8.
    private static String contentType(JsonNode value) {
        return value.isTextual() ? value.textValue().split(";", 2)[0].strip().toLowerCase(Locale.ROOT) : DEFAULT_CONTENT_TYPE;
    }
}
