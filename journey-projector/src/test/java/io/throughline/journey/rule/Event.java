package io.throughline.journey.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.throughline.events.Attributes;
import io.throughline.events.CloudEvent;
import io.throughline.events.ContentHash;
import io.throughline.events.KnownTime;
import io.throughline.events.Token;
import io.throughline.events.json.CloudEventJson;
import io.throughline.events.json.EventJson;
import io.throughline.journey.Payload;
import io.throughline.journey.Position;
import io.throughline.journey.Touchpoint;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event of a test, in one line: `event("2026-05-04T10:00:00Z", "promise-made.v1", "{'promiseId': 'p-1'}").from("/crm")`.
///
/// @param data JSON, in which single quotes stand for double ones
public record Event(String time, String type, @Nullable String data, String source, String id, String recordedAt, @Nullable String channel,
        @Nullable String sequence, @Nullable String knownTime) {

    public static Event event(String time, String type) {
        return event(time, type, null);
    }

    public static Event event(String time, String type, @Nullable String data) {
        return new Event(time, type, data, "/test", type + "@" + time, time, null, null, null);
    }

    public Event from(String other) {
        return new Event(time, type, data, other, id, recordedAt, channel, sequence, knownTime);
    }

    public Event named(String other) {
        return new Event(time, type, data, source, other, recordedAt, channel, sequence, knownTime);
    }

    public Event recorded(String other) {
        return new Event(time, type, data, source, id, other, channel, sequence, knownTime);
    }

    public Event on(String other) {
        return new Event(time, type, data, source, id, recordedAt, other, sequence, knownTime);
    }

    public Event sequence(String other) {
        return new Event(time, type, data, source, id, recordedAt, channel, other, knownTime);
    }

    /// @param other a time, or `unknown`
    public Event known(String other) {
        return new Event(time, type, data, source, id, recordedAt, channel, sequence, other);
    }

    public EventRef ref() {
        return new EventRef(source, id);
    }

    public Touchpoint touchpoint() {
        var occurred = OffsetDateTime.parse(time);
        var known = knownTime == null ? KnownTime.WHEN_RECORDED : KnownTime.parse(knownTime, occurred);
        var attributes = new Attributes(source, id, type, occurred, channel, sequence, null, null, null, null, known, Collections.emptySortedMap());
        return touchpoint(attributes, Payload.ofText(data == null ? null : data.replace('\'', '"')), OffsetDateTime.parse(recordedAt).toInstant());
    }

    /// An event of the shared data, recorded when it occurred.
    public static Touchpoint ofCloudEvent(String json) throws JsonProcessingException {
        return switch (CloudEventJson.read(EventJson.mapper().readTree(json))) {
            case CloudEventJson.Reading.Readable(CloudEvent event) -> touchpoint(
                    event.attributes(), event.data() == null ? Payload.ofText(null) : Payload.ofJson(event.data()), event.attributes().occurredAt());
            case CloudEventJson.Reading.Invalid invalid -> throw new AssertionError("unreadable: " + invalid);
        };
    }

    private static Touchpoint touchpoint(Attributes attributes, Payload payload, Instant recordedAt) {
        return new Touchpoint(new Token(new UUID(0, 1)), "customer", attributes.key(), attributes, attributes.order(),
                new ContentHash(new UUID(0, 0)), recordedAt, new Position("touchpoints", 0, 0), payload);
    }
}
