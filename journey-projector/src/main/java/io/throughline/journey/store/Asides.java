package io.throughline.journey.store;

import io.throughline.events.Subject;
import io.throughline.journey.project.Decoded;
import io.vertx.core.buffer.Buffer;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/// What has no place in a journey, kept where it can be seen: events of areas and sources, and records that are no event.
final class Asides {

    private final Session session;

    Asides(Session session) {
        this.session = session;
    }

    void keep(List<Decoded.Event> control, List<Decoded.Unreadable> unreadable) {
        if (!control.isEmpty()) {
            keepControl(control);
            new SourcesHeard(session).hear(control);
        }
        for (var record : unreadable) {
            keepUnreadable(record);
        }
    }

    private void keepControl(List<Decoded.Event> events) {
        session.run("""
                INSERT INTO control_event (event_key, subject, content_hash, occurred_at, recorded_at, log_partition, log_offset, source, id, type, event)
                SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::int[], $7::bigint[],
                                     $8::text[], $9::text[], $10::text[], $11::text[])
                ON CONFLICT DO NOTHING""",
                events.stream().map(event -> event.envelope().attributes().key().value()).toArray(UUID[]::new),
                events.stream().map(event -> ((Subject.Control) event.envelope().subject()).identity().text()).toArray(String[]::new),
                events.stream().map(event -> event.envelope().contentHash().value()).toArray(UUID[]::new),
                events.stream().map(event -> event.envelope().attributes().time()).toArray(OffsetDateTime[]::new),
                events.stream().map(event -> event.recordedAt().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new),
                events.stream().map(event -> event.position().partition()).toArray(Integer[]::new),
                events.stream().map(event -> event.position().offset()).toArray(Long[]::new),
                events.stream().map(event -> event.envelope().attributes().source()).toArray(String[]::new),
                events.stream().map(event -> event.envelope().attributes().id()).toArray(String[]::new),
                events.stream().map(event -> event.envelope().attributes().type()).toArray(String[]::new),
                events.stream().map(KeptEvent::json).toArray(String[]::new));
    }

    private void keepUnreadable(Decoded.Unreadable record) {
        session.run("""
                INSERT INTO unreadable (log_partition, log_offset, recorded_at, reason, key, headers, value) VALUES ($1, $2, $3, $4, $5, $6, $7)""",
                record.position().partition(), record.position().offset(), record.recordedAt().atOffset(ZoneOffset.UTC), record.reason(),
                buffer(record.key()), buffer(record.headers()), buffer(record.value()));
    }

    private static Buffer buffer(byte[] bytes) {
        return bytes == null ? null : Buffer.buffer(bytes);
    }
}
