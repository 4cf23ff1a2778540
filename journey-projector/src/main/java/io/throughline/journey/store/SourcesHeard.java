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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/// How far each source was heard, kept with the events that say so.
final class SourcesHeard {

    /// @param second the end of the one in which they were recorded, since 1970: a second is forgotten soon, and an event of it is not yet
    ///     counted by an evaluation time that lies within it
    private record Where(String source, int partition, long second) {
        /// In which all workers lock them.
        static final Comparator<Where> ORDER = Comparator.comparing(Where::source).thenComparing(Where::partition).thenComparing(Where::second);

        static Where of(Decoded.Event event) {
            return new Where(event.envelope().attributes().source(), event.position().partition(), event.recordedAt().getEpochSecond() + 1);
        }

        OffsetDateTime recordedBy() {
            return Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC);
        }
    }

    private final Session session;

    SourcesHeard(Session session) {
        this.session = session;
    }

    /// A sign of life is no later than the event occurred, nor than it was recorded: neither a slow source nor one whose clock is ahead
    /// is heard further than it was.
    void hear(List<Decoded.Event> events) {
        var heard = new HashMap<Where, Instant>();
        for (var event : events) {
            var attributes = event.envelope().attributes();
            var sign = attributes.occurredAt().isBefore(event.recordedAt()) ? attributes.occurredAt() : event.recordedAt();
            heard.merge(Where.of(event), sign, (one, other) -> one.isAfter(other) ? one : other);
        }
        if (!heard.isEmpty()) {
            var places = heard.keySet().stream().sorted(Where.ORDER).toList();
            session.run("""
                    INSERT INTO source_heard (source, partition, recorded_by, heard)
                    SELECT * FROM unnest($1::text[], $2::int[], $3::timestamptz[], $4::timestamptz[])
                    ON CONFLICT (source, partition, recorded_by) DO UPDATE SET heard = greatest(source_heard.heard, excluded.heard)""",
                    places.stream().map(Where::source).toArray(String[]::new),
                    places.stream().map(Where::partition).toArray(Integer[]::new),
                    places.stream().map(Where::recordedBy).toArray(OffsetDateTime[]::new),
                    places.stream().map(place -> heard.get(place).atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new));
            forget(places);
        }
    }

    /// What a later second that counts already says as much is not needed any more.
    private void forget(Collection<Where> places) {
        session.run("""
                DELETE FROM source_heard h
                 USING (SELECT DISTINCT * FROM unnest($1::text[], $2::int[]) AS p (source, partition)) p
                 WHERE h.source = p.source AND h.partition = p.partition
                   AND EXISTS (SELECT FROM source_heard later
                                WHERE later.source = h.source AND later.partition = h.partition AND later.recorded_by > h.recorded_by
                                  AND later.recorded_by <= $3 AND later.heard >= h.heard)""",
                places.stream().map(Where::source).toArray(String[]::new),
                places.stream().map(Where::partition).toArray(Integer[]::new),
                EvaluationTime.read(session).atOffset(ZoneOffset.UTC));
    }

    /// What the registered sources said that was recorded by the evaluation time.
    /// What came later is a fact too, but beside it there may be one that is not projected yet, and that answers what seems unanswered.
    Watermarks watermarks(Instant at) {
        var states = new ArrayList<SourceState>();
        session.run("""
                SELECT s.name, s.types, s.heartbeat, s.delay, max(h.heard) AS heard
                  FROM source s LEFT JOIN source_heard h ON h.source = s.name AND h.recorded_by <= $1
                 WHERE s.registered GROUP BY s.name""", at.atOffset(ZoneOffset.UTC)).forEach(row -> states.add(state(row)));
        return states.isEmpty() ? Watermarks.none() : new Watermarks(at, states);
    }

    private static SourceState state(Row row) {
        var heartbeat = row.getLong("heartbeat");
        var heard = row.getOffsetDateTime("heard");
        return new SourceState(row.getString("name"), List.of(row.getArrayOfStrings("types")),
                heartbeat == null ? null : Duration.of(heartbeat, ChronoUnit.MICROS),
                Duration.of(row.getLong("delay"), ChronoUnit.MICROS), heard == null ? null : heard.toInstant());
    }
}
