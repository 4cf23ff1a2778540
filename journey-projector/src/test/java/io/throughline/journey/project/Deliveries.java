package io.throughline.journey.project;

import io.throughline.events.Attributes;
import io.throughline.events.ContentHash;
import io.throughline.events.Envelope;
import io.throughline.events.Identity;
import io.throughline.events.Subject;
import io.throughline.events.Token;
import io.throughline.journey.Position;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/// Records as they come from the log, for tests: few words each.
public final class Deliveries {

    public static final Instant RECORDED = Instant.parse("2026-03-02T18:12:00Z");
    private static final OffsetDateTime OCCURRED = OffsetDateTime.parse("2026-03-02T18:11:00+01:00");

    private Deliveries() {}

    public static Token person(int number) {
        return new Token(new UUID(0x1000_0000_0000_0000L * (number % 8) + number, number));
    }

    /// @param content stands for all that the event says
    public static Decoded.Event event(int person, String id, int content, Position position, Instant recordedAt) {
        var attributes = Attributes.of("/channels/web", id, "page-viewed.v1", OCCURRED.plusSeconds(content));
        return new Decoded.Event(position, recordedAt,
                new Envelope(attributes, new Subject.Person(person(person), "customer"), new ContentHash(new UUID(0, content))),
                "{\"content\":" + content + "}");
    }

    /// Recorded at [#RECORDED], whenever it occurred.
    public static Decoded.Event event(int person, String id, Position position, Instant occurredAt) {
        int content = (int) (occurredAt.getEpochSecond() - OCCURRED.toEpochSecond());
        return event(person, id, content, position, RECORDED);
    }

    public static Decoded.Event event(int person, String id, int content, long offset) {
        return event(person, id, content, at(offset), RECORDED);
    }

    public static Decoded.Event control(String id, long offset) {
        var attributes = Attributes.of("/systems/network", id, "outage-declared.v1", OCCURRED);
        return new Decoded.Event(at(offset), RECORDED,
                new Envelope(attributes, new Subject.Control(new Identity("area", "north")), new ContentHash(new UUID(0, 1))), "{}");
    }

    public static Decoded.Unreadable unreadable(long offset) {
        return new Decoded.Unreadable(at(offset), RECORDED, "ce_id is missing", null, "[]".getBytes(), new byte[] {0, 1, 2});
    }

    public static Position at(long offset) {
        return new Position("touchpoints", 0, offset);
    }
}
