package io.throughline.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.Text;
import io.throughline.events.json.EventJson;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;

/// Bytes from outside to JSON: strict UTF-8 first (a JSON parser would guess UTF-16 and pass overlong forms), then [EventJson]'s limits.
public final class EventText {

    private EventText() {}

    /// @param bytes backed by an array
    /// @throws Refusal `malformed-text` or `malformed-json`, with the place but without the contents
    public static JsonNode read(ByteBuffer bytes) {
        var text = decode(bytes);
        try {
            var json = EventJson.mapper().readTree(text);
            if (json.isMissingNode()) {
                throw ErrorCode.MALFORMED_JSON.refusal("There is no JSON here: the body is empty.");
            }
            return json;
        } catch (JsonProcessingException notJson) {
            throw ErrorCode.MALFORMED_JSON.refusal(reason(notJson) + place(notJson.getLocation()) + ".");
        }
    }

    private static String decode(ByteBuffer bytes) {
        var text = Text.ofUtf8(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        if (text == null) {
            throw ErrorCode.MALFORMED_TEXT.refusal("The text is not UTF-8 at byte " + firstMalformed(bytes) + ".");
        }
        return text;
    }

    private static int firstMalformed(ByteBuffer bytes) {
        var rest = bytes.slice();
        UTF_8.newDecoder().decode(rest, CharBuffer.allocate(rest.remaining()), true);
        return rest.position(); // where the decoder stopped: right before the malformed bytes
    }

    private static String reason(JsonProcessingException notJson) {
        return switch (notJson) {
            case StreamConstraintsException _ -> "The JSON exceeds a limit (nesting " + EventJson.MAX_DEPTH + " deep, numbers "
                    + EventJson.MAX_NUMBER_LENGTH + ", field names " + EventJson.MAX_NAME_LENGTH + ", texts " + EventJson.MAX_STRING_LENGTH + " characters)";
            case StreamReadException _ -> "The text is not well-formed JSON";
            default -> "The JSON names a field twice, or goes on after its end";
        };
    }

    private static String place(JsonLocation place) {
        return place == null || place.getLineNr() < 1 ? "" : ", at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }
}
