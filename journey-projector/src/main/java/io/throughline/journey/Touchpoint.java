package io.throughline.journey;

import io.throughline.events.Attributes;
import io.throughline.events.ContentHash;
import io.throughline.events.EventKey;
import io.throughline.events.OrderKey;
import io.throughline.events.Token;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An event placed in a customer's journey.
///
/// @param namespace what kind of identity the event was sent for (`customer`, `email`, `device`)
/// @param order its place in the journey; derived from `attributes`, kept because sorting asks for it often
/// @param recordedAt the log's time, monotone in a partition
public record Touchpoint(
        Token token, String namespace, EventKey key, Attributes attributes, OrderKey order, ContentHash contentHash, Instant recordedAt,
        Position position, Payload payload)
        implements Comparable<Touchpoint> {

    /// Bytes of its objects, its texts left out: counted field by field with compressed pointers, about 500.
    private static final int OBJECTS = 500;

    public Touchpoint {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(recordedAt, "recordedAt");
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(payload, "payload");
    }

    /// About how many bytes it holds in memory: what its objects take, and twice the characters of its texts, its payload's among them.
    public int weight() {
        int characters = attributes.source().length() + attributes.id().length() + attributes.type().length() + length(attributes.channel())
                + length(attributes.sequence()) + length(attributes.correlationId()) + length(attributes.causationId())
                + length(attributes.resubmissionOf()) + length(attributes.dataSchema());
        for (var extension : attributes.extensions().entrySet()) {
            characters += 50 + extension.getKey().length() + extension.getValue().length();
        }
        return OBJECTS + 2 * characters + payload.weight();
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    public Instant occurredAt() {
        return order.occurredAt();
    }

    /// When the company knew of it; empty where that is unknown.
    public Optional<Instant> knownAt() {
        return attributes.knownTime().of(recordedAt);
    }

    public String source() {
        return attributes.source();
    }

    public String id() {
        return attributes.id();
    }

    public String type() {
        return attributes.type();
    }

    /// By the total order of a journey.
    @Override
    public int compareTo(Touchpoint other) {
        return order.compareTo(other.order);
    }
}
