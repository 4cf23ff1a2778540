package io.throughline.journey.store;

import io.throughline.events.ContentHash;
import io.throughline.events.EventKey;
import io.throughline.events.Standing;
import io.throughline.events.Token;
import io.throughline.journey.Position;
import io.throughline.journey.project.BatchPlan.Key;
import io.throughline.journey.project.BatchPlan.Projected;
import io.throughline.journey.project.Tally;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Puts a batch of events into journeys: one effect an event, whatever was delivered before.
final class TouchpointInsert {

    private final Session session;
    private final String topic;

    TouchpointInsert(Session session, String topic) {
        this.session = session;
        this.topic = topic;
    }

    /// @param standing sorted by key, each key once
    /// @param tallies corrected here for events that are in the store already
    /// @param farBehind whether much more is waiting on the log
    void insert(List<Projected> standing, List<Projected> conflicting, Map<Integer, Tally> tallies, boolean farBehind) {
        var aside = new ArrayList<>(conflicting);
        var changed = new ArrayList<>(standing);
        if (!standing.isEmpty() && insertNew(standing) < standing.size()) {
            var present = present(standing);
            changed.removeIf(event -> {
                var other = present.get(event.key());
                return other != null && !settle(event, other, tallies, aside);
            });
        }
        keepAside(aside);
        mark(changed, farBehind);
        new SourcesHeard(session).hear(changed.stream().map(Projected::event).toList());
    }

    private int insertNew(List<Projected> events) {
        return session.run("""
                INSERT INTO touchpoint (token, event_key, content_hash, occurred_at, recorded_at, log_offset, log_partition, utc_offset,
                                        namespace, source, id, type, channel, sequence, further, data)
                SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::bigint[], $7::int[], $8::int[],
                                     $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[])
                ON CONFLICT (event_key, token) DO NOTHING""", TouchpointColumns.of(events)).rowCount();
    }

    /// Those of these keys whose row is not from this batch.
    private Map<Key, Row> present(List<Projected> events) {
        var ours = new HashSet<Position>();
        events.forEach(event -> ours.add(event.event().position()));
        var present = new HashMap<Key, Row>();
        session.run("""
                SELECT t.* FROM touchpoint t JOIN unnest($1::uuid[], $2::uuid[]) AS k (token, event_key) USING (token, event_key)""",
                events.stream().map(event -> event.key().token().value()).toArray(UUID[]::new),
                events.stream().map(event -> event.key().event().value()).toArray(UUID[]::new)).forEach(row -> {
            if (!ours.contains(new Position(topic, row.getInteger("log_partition"), row.getLong("log_offset")))) {
                present.put(new Key(new Token(row.getUUID("token")), new EventKey(row.getUUID("event_key"))), row);
            }
        });
        return present;
    }

    /// @return whether the journey changes by this delivery
    private boolean settle(Projected arrived, Row present, Map<Integer, Tally> tallies, List<Projected> aside) {
        int partition = arrived.event().position().partition();
        var standing = new Standing(recordedAt(present), new ContentHash(present.getUUID("content_hash")));
        if (standing.content().equals(arrived.standing().content())) {
            tallies.computeIfPresent(partition, (_, tally) -> tally.duplicateInstead());
            return false;
        }
        tallies.computeIfPresent(partition, (_, tally) -> tally.conflictInstead());
        if (standing.compareTo(arrived.standing()) < 0) {
            aside.add(arrived);
            return false;
        }
        replace(arrived);
        return true;
    }

    /// The smaller standing takes the place; the other moves aside.
    private void replace(Projected arrived) {
        session.run("""
                WITH former AS (DELETE FROM touchpoint WHERE token = $1 AND event_key = $2 RETURNING *)
                INSERT INTO conflict (log_partition, log_offset, token, event_key, content_hash, recorded_at, event)
                SELECT log_partition, log_offset, token, event_key, content_hash, recorded_at,
                       json_build_object('source', source, 'id', id, 'type', type, 'time', occurred_at,
                                         'channel', channel, 'sequence', sequence, 'data', data::json)::text
                  FROM former""", arrived.key().token().value(), arrived.key().event().value());
        insertNew(List.of(arrived));
    }

    private void keepAside(List<Projected> events) {
        if (events.isEmpty()) {
            return;
        }
        session.run("""
                INSERT INTO conflict (log_partition, log_offset, token, event_key, content_hash, recorded_at, event)
                SELECT * FROM unnest($1::int[], $2::bigint[], $3::uuid[], $4::uuid[], $5::uuid[], $6::timestamptz[], $7::text[])""",
                events.stream().map(event -> event.event().position().partition()).toArray(Integer[]::new),
                events.stream().map(event -> event.event().position().offset()).toArray(Long[]::new),
                events.stream().map(event -> event.key().token().value()).toArray(UUID[]::new),
                events.stream().map(event -> event.key().event().value()).toArray(UUID[]::new),
                events.stream().map(event -> event.event().envelope().contentHash().value()).toArray(UUID[]::new),
                events.stream().map(event -> event.event().recordedAt().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new),
                events.stream().map(event -> KeptEvent.json(event.event())).toArray(String[]::new));
    }

    private void mark(List<Projected> changed, boolean bundled) {
        var earliest = new HashMap<UUID, Instant>();
        changed.forEach(event -> earliest.merge(event.key().token().value(), event.event().envelope().attributes().occurredAt(),
                (one, other) -> one.isBefore(other) ? one : other));
        Marks.add(session, earliest, bundled);
    }

    private static Instant recordedAt(Row row) {
        return row.getOffsetDateTime("recorded_at").toInstant();
    }
}
