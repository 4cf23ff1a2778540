package io.throughline.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;
import java.util.UUID;

/// The identity of an event, (`source`, `id`), in 128 bits: the first half of SHA-256(source ‖ 0 ‖ id) over UTF-8.
public record EventKey(UUID value) implements Comparable<EventKey> {

    public EventKey {
        Objects.requireNonNull(value, "value");
    }

    public static EventKey of(String source, String id) {
        var digest = Bits128.sha256();
        digest.update(source.getBytes(UTF_8));
        digest.update((byte) 0);
        digest.update(id.getBytes(UTF_8));
        return new EventKey(Bits128.first128(digest.digest()));
    }

    @Override
    public int compareTo(EventKey other) {
        return Bits128.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Bits128.hex(value);
    }
}
