package io.throughline.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.json.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An event in binary mode, brought into structured form: the same event is then the same content, however it travelled.
public final class BinaryEvent {

    public static final String PREFIX = "ce-";

    /// Not context attributes in this mode: the body and its `Content-Type` say them.
    private static final Set<String> OF_THE_BODY = Set.of("data", "data_base64", "datacontenttype");

    private BinaryEvent() {}

    /// @param headers all of the request, values as on the wire: ASCII, percent-encoded
    /// @param contentType of `data`
    /// @throws Refusal `invalid-event` for headers that cannot be decoded or come twice
    public static JsonNode structured(Iterable<Map.Entry<String, String>> headers, @Nullable String contentType, @Nullable JsonNode data) {
        var event = JsonNodeFactory.instance.objectNode();
        var violations = new ArrayList<Violation>();
        for (var header : headers) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(PREFIX)) {
                put(event, name.substring(PREFIX.length()), header.getValue(), violations);
            }
        }
        if (!violations.isEmpty()) {
            throw new Refusal(Admission.invalid(List.copyOf(violations)));
        }
        if (contentType != null) {
            event.put("datacontenttype", ContentMode.mediaType(contentType));
        }
        if (data != null) {
            event.set("data", data);
        }
        return event;
    }

    private static void put(ObjectNode event, String attribute, String value, List<Violation> violations) {
        var pointer = "/" + attribute;
        if (OF_THE_BODY.contains(attribute)) {
            violations.add(new Violation(pointer, "is not a header in binary mode: the body is the data, Content-Type its type"));
        } else if (event.has(attribute)) {
            violations.add(new Violation(pointer, "comes twice"));
        } else {
            try {
                event.put(attribute, PercentEncoding.decode(unquoted(value)));
            } catch (IllegalArgumentException _) {
                violations.add(new Violation(pointer, "is not percent-encoded UTF-8 in a header: encode all but printable ASCII"));
            }
        }
    }

    /// A quoted string of RFC 9110, section 5.6.4, without its quotes and backslashes.
    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }
}
