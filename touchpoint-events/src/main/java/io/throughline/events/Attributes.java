package io.throughline.events;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The CloudEvents 1.0 context attributes of an event, but for its subject.
///
/// @param time the source's time, offset kept, not finer than a microsecond
/// @param dataSchema a URI, or `null`
/// @param knownTime when the company knew of it
/// @param extensions what else the channel said, by CloudEvents attribute name, in the string form of the CloudEvents type system
public record Attributes(
        String source,
        String id,
        String type,
        OffsetDateTime time,
        @Nullable String channel,
        @Nullable String sequence,
        @Nullable String correlationId,
        @Nullable String causationId,
        @Nullable String resubmissionOf,
        @Nullable String dataSchema,
        KnownTime knownTime,
        SortedMap<String, String> extensions) {

    public Attributes {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(knownTime, "knownTime");
        extensions = extensions.isEmpty() ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(new TreeMap<>(extensions));
    }

    /// The four required attributes and nothing else.
    public static Attributes of(String source, String id, String type, OffsetDateTime time) {
        return new Attributes(source, id, type, time, null, null, null, null, null, null, KnownTime.WHEN_RECORDED, Collections.emptySortedMap());
    }

    public Instant occurredAt() {
        return time.toInstant();
    }

    /// [#time] as RFC 3339 asks: with its seconds, also where they are zero.
    public String timestamp() {
        return Rfc3339.format(time);
    }

    public EventKey key() {
        return EventKey.of(source, id);
    }

    public OrderKey order() {
        return new OrderKey(occurredAt(), source, sequence, id);
    }

    public Attributes onChannel(String name) {
        return new Attributes(source, id, type, time, name, sequence, correlationId, causationId, resubmissionOf, dataSchema, knownTime, extensions);
    }

    public Attributes known(KnownTime known) {
        return new Attributes(source, id, type, time, channel, sequence, correlationId, causationId, resubmissionOf, dataSchema, known, extensions);
    }
}
