package io.throughline.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.json.CanonicalJson;
import java.util.Objects;
import java.util.UUID;

/// What an event says, in 128 bits: the first half of SHA-256 over the canonical JSON (RFC 8785) of the CloudEvent as the channel sent it, in
/// normal form, so that one event has one hash however it travelled: members that are `null` are absent, no `datacontenttype` is
/// `application/json`, extensions are their canonical text, `data_base64` is the JSON that it encodes.
///
/// Two deliveries with the same [EventKey] are duplicates when their hashes agree, and a conflict when they do not.
public record ContentHash(UUID value) implements Comparable<ContentHash> {

    public ContentHash {
        Objects.requireNonNull(value, "value");
    }

    /// @param event the whole CloudEvent in its structured form, attributes and `data`, already in normal form
    public static ContentHash of(JsonNode event) {
        return new ContentHash(Bits128.first128(Bits128.sha256().digest(CanonicalJson.bytes(event))));
    }

    /// @throws IllegalArgumentException unless `text` is 32 hex digits
    public static ContentHash parse(String text) {
        return new ContentHash(Bits128.parse(text));
    }

    @Override
    public int compareTo(ContentHash other) {
        return Bits128.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Bits128.hex(value);
    }
}
