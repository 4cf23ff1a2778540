package io.throughline.journey.store;

import io.throughline.journey.query.CheckpointView;
import io.throughline.journey.query.Meta;
import io.throughline.journey.query.Status;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Where the projection stands, read from its checkpoints.
final class Progress {

    private final Session session;
    private final int generation;
    private final List<CheckpointView> checkpoints = new ArrayList<>();
    private final Instant evaluatedAt;

    Progress(Session session, int generation) {
        this.session = session;
        this.generation = generation;
        session.run("SELECT * FROM checkpoint ORDER BY topic, partition").forEach(row -> checkpoints.add(new CheckpointView(
                row.getString("topic"), row.getInteger("partition"), row.getLong("next"), row.getLong("log_end"),
                Math.max(0, row.getLong("log_end") - row.getLong("next")), row.getLong("epoch"), row.getOffsetDateTime("projected_through").toInstant(),
                row.getLong("projected"), row.getLong("duplicates"), row.getLong("conflicts"), row.getLong("control"), row.getLong("unreadable"))));
        evaluatedAt = checkpoints.isEmpty() ? Instant.EPOCH : EvaluationTime.read(session);
    }

    Meta meta() {
        var positions = new TreeMap<String, Long>();
        checkpoints.forEach(checkpoint -> positions.put(checkpoint.topic() + "-" + checkpoint.partition(), checkpoint.next()));
        return new Meta(
                generation,
                positions,
                checkpoints.stream().mapToLong(CheckpointView::lag).sum(),
                checkpoints.stream().mapToLong(CheckpointView::unreadable).sum(),
                evaluatedAt,
                checkpoints.stream().map(CheckpointView::projectedThrough).min(Instant::compareTo).orElse(Instant.EPOCH));
    }

    Status status() {
        var findings = new TreeMap<String, Long>();
        session.run("SELECT status, count(*) AS findings FROM finding GROUP BY status")
                .forEach(row -> findings.put(row.getString("status"), row.getLong("findings")));
        return new Status(
                generation,
                checkpoints,
                waiting(evaluatedAt),
                count("SELECT count(*) FROM person"),
                checkpoints.stream().mapToLong(CheckpointView::projected).sum(),
                findings,
                meta());
    }

    /// Those with news, those whose deadline has passed by now, and those whose verdict waited for a source that was heard since.
    long waiting(Instant at) {
        return session.run("""
                SELECT count(*)
                  FROM (SELECT token FROM mark UNION SELECT unnest(tokens) FROM mark_bundle UNION SELECT id FROM person WHERE due_at <= $1
                        UNION %s) AS waiting""".formatted(Awaiting.NO_LONGER),
                at.atOffset(ZoneOffset.UTC)).iterator().next().getLong(0);
    }

    private long count(String sql) {
        return session.run(sql).iterator().next().getLong(0);
    }
}
