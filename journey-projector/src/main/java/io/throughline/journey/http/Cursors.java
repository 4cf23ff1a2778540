package io.throughline.journey.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.throughline.events.OrderKey;
import io.throughline.events.json.EventJson;
import io.throughline.journey.source.SourceHealth;
import java.time.Instant;
import java.util.Base64;

/// Where a page ended, as callers carry it to the next: opaque to them.
final class Cursors {

    private Cursors() {}

    static String of(OrderKey last) {
        var parts = EventJson.mapper().createArrayNode().add(last.occurredAt().toString()).add(last.source()).add(last.sequence()).add(last.id());
        return encode(parts.toString());
    }

    static OrderKey order(String cursor) {
        try {
            var parts = EventJson.mapper().readTree(decode(cursor));
            if (!parts.isArray() || parts.size() != 4) {
                throw new IllegalArgumentException("not a cursor");
            }
            return new OrderKey(Instant.parse(parts.get(0).asText()), parts.get(1).asText(), parts.get(2).textValue(), parts.get(3).asText());
        } catch (JsonProcessingException _) {
            throw new IllegalArgumentException("not a cursor");
        }
    }

    static String of(long serial) {
        return encode(Long.toString(serial));
    }

    static Long serial(String cursor) {
        return Long.valueOf(decode(cursor));
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

    /// How many were shown before.
    static Long count(String cursor) {
        var count = serial(cursor);
        if (count < 0) {
            throw new IllegalArgumentException("not a cursor");
        }
        return count;
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static String decode(String cursor) {
        return new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
    }
}
