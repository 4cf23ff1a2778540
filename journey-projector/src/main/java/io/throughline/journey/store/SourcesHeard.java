package io.throughline.journey.store;

import io.throughline.journey.project.Decoded;
import io.throughline.journey.rule.SourceState;
import io.throughline.journey.rule.Watermarks;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// How far each source was heard, kept with the events that say so.
final class SourcesHeard {

    private record Where(String source, int partition) implements Comparable<Where> {
        @Override
        public int compareTo(Where other) {
            int bySource = source.compareTo(other.source);
            return bySource != 0 ? bySource : Integer.compare(partition, other.partition);
        }
    }

    private final Session session;

    SourcesHeard(Session session) {
        this.session = session;
    }

    /// A sign of life is no later than the event occurred, nor than it was recorded: neither a slow source nor one whose clock is ahead
    /// is heard further than it was.
    void hear(List<Decoded.Event> events) {
        var heard = new TreeMap<Where, Instant>();
        for (var event : events) {
            var attributes = event.envelope().attributes();
            var sign = attributes.occurredAt().isBefore(event.recordedAt()) ? attributes.occurredAt() : event.recordedAt();
            heard.merge(new Where(attributes.source(), event.position().partition()), sign, (one, other) -> one.isAfter(other) ? one : other);
        }
        if (!heard.isEmpty()) {
            session.run("""
                    INSERT INTO source_heard (source, partition, heard) SELECT * FROM unnest($1::text[], $2::int[], $3::timestamptz[])
                    ON CONFLICT (source, partition) DO UPDATE SET heard = greatest(source_heard.heard, excluded.heard)""",
                    heard.keySet().stream().map(Where::source).toArray(String[]::new),
                    heard.keySet().stream().map(Where::partition).toArray(Integer[]::new),
                    heard.values().stream().map(sign -> sign.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new));
        }
    }

    /// What the registered sources said, by what is projected; never beyond the evaluation time.
    Watermarks watermarks(Instant at) {
        var states = new ArrayList<SourceState>();
        session.run("""
                SELECT s.name, s.types, s.heartbeat, s.delay, max(h.heard) AS heard
                  FROM source s LEFT JOIN source_heard h ON h.source = s.name
                 WHERE s.registered GROUP BY s.name""").forEach(row -> states.add(state(row, at)));
        return states.isEmpty() ? Watermarks.none() : new Watermarks(at, states);
    }

    private static SourceState state(Row row, Instant at) {
        var heartbeat = row.getLong("heartbeat");
        var heard = row.getOffsetDateTime("heard");
        var lastHeard = heard == null ? null : heard.toInstant().isAfter(at) ? at : heard.toInstant();
        return new SourceState(row.getString("name"), List.of(row.getArrayOfStrings("types")), heartbeat == null ? null : Duration.of(heartbeat, ChronoUnit.MICROS),
                Duration.of(row.getLong("delay"), ChronoUnit.MICROS), lastHeard);
    }

    /// Those whose verdict waited for a source that has been heard far enough by now: a query to be joined with others.
    static final String NO_LONGER_AWAITING = """
            SELECT a.person AS id FROM awaiting a
              JOIN (SELECT s.name, least(max(h.heard), $1) - s.delay * interval '1 microsecond' AS mark
                      FROM source s JOIN source_heard h ON h.source = s.name WHERE s.registered AND s.heartbeat IS NOT NULL GROUP BY s.name) w
                ON w.name = a.source AND a.through <= w.mark""";
}
