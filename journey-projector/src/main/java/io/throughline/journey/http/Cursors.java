package io.throughline.journey.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.throughline.events.OrderKey;
import io.throughline.events.Text;
import io.throughline.events.json.EventJson;
import io.throughline.journey.query.FindingPlace;
import io.throughline.journey.query.ListedFinding;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.source.SourceHealth;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Where a page ended, as callers carry it to the next: opaque to them. What is read back may be anything: the readers throw
/// [IllegalArgumentException] or [java.time.DateTimeException] for what was never one of ours.
final class Cursors {

    private static final int MAX_TEXT = 1024;

    private Cursors() {}

    static String of(OrderKey last) {
        return encode(array().add(last.occurredAt().toString()).add(last.source()).add(last.sequence()).add(last.id()).toString());
    }

    static OrderKey order(String cursor) {
        var parts = parts(cursor, 4);
        return new OrderKey(time(parts.get(0)), text(parts.get(1)), parts.get(2).isNull() ? null : text(parts.get(2)), text(parts.get(3)));
    }

    static String of(FindingPlace last) {
        return encode(array().add(last.activationAt().toString()).add(last.rule()).add(last.id().toString()).toString());
    }

    static FindingPlace finding(String cursor) {
        var parts = parts(cursor, 3);
        return new FindingPlace(time(parts.get(0)), text(parts.get(1)), FindingId.parse(text(parts.get(2))));
    }

    static String of(ListedFinding.Place last) {
        return encode(array().add(last.activationAt().toString()).add(last.serial()).toString());
    }

    static ListedFinding.Place listed(String cursor) {
        var parts = parts(cursor, 2);
        if (!parts.get(1).isIntegralNumber() || !parts.get(1).canConvertToLong() || parts.get(1).longValue() < 0) {
            throw new IllegalArgumentException("not a cursor");
        }
        return new ListedFinding.Place(time(parts.get(0)), parts.get(1).longValue());
    }

    static String of(long number) {
        return encode(Long.toString(number));
    }

    /// A place in a list, or how many were shown before: never negative.
    static Long number(String cursor) {
        var text = decode(cursor);
        if (!text.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("not a cursor");
        }
        return Long.valueOf(text);
    }

    static String of(SourceHealth.Place last) {
        return encode((last.registered() ? "+" : "-") + last.name());
    }

    static SourceHealth.Place source(String cursor) {
        var text = decode(cursor);
        if (!text.startsWith("+") && !text.startsWith("-")) {
            throw new IllegalArgumentException("not a cursor");
        }
        return new SourceHealth.Place(text.startsWith("+"), text.substring(1));
    }

    static String ofName(String last) {
        return encode("=" + last);
    }

    static String name(String cursor) {
        var text = decode(cursor);
        if (!text.startsWith("=")) {
            throw new IllegalArgumentException("not a cursor");
        }
        return text.substring(1);
    }

    private static ArrayNode array() {
        return EventJson.mapper().createArrayNode();
    }

    private static JsonNode parts(String cursor, int number) {
        try {
            var parts = EventJson.mapper().readTree(decode(cursor));
            if (parts.isArray() && parts.size() == number) {
                return parts;
            }
        } catch (JsonProcessingException _) {
            // Not one of ours.
        }
        throw new IllegalArgumentException("not a cursor");
    }

    private static Instant time(JsonNode part) {
        return Parameters.storable(Instant.parse(text(part)));
    }

    /// JSON's escapes can say what the characters of the cursor do not.
    private static String text(@Nullable JsonNode part) {
        if (part == null || !part.isTextual() || part.textValue().length() > MAX_TEXT || !Text.isPlain(part.textValue())) {
            throw new IllegalArgumentException("not a cursor");
        }
        return part.textValue();
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static String decode(String cursor) {
        var text = Text.ofUtf8(Base64.getUrlDecoder().decode(cursor));
        if (text == null || !Text.isPlain(text)) {
            throw new IllegalArgumentException("not a cursor");
        }
        return text;
    }
}
