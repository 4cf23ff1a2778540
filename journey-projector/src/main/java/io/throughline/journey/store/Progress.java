package io.throughline.journey.store;

import io.throughline.journey.query.CheckpointView;
import io.throughline.journey.query.Meta;
import io.throughline.journey.query.Status;
import io.throughline.journey.query.Warnings;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Where the projection stands, read from its checkpoints.
final class Progress {

    private final Session session;
    private final int generation;
    private final List<CheckpointView> checkpoints = new ArrayList<>();
    private final Instant evaluatedAt;

    /// @param ends of the partitions as the broker says, as far as it is known: beyond what a worker stored that does not get on
    Progress(Session session, int generation, Map<Integer, Long> ends) {
        this.session = session;
        this.generation = generation;
        session.run("SELECT * FROM checkpoint ORDER BY topic, partition").forEach(row -> checkpoints.add(checkpoint(row, ends)));
        evaluatedAt = checkpoints.isEmpty() ? Instant.EPOCH : EvaluationTime.read(session);
    }

    private static CheckpointView checkpoint(Row row, Map<Integer, Long> ends) {
        int partition = row.getInteger("partition");
        long next = row.getLong("next");
        long end = Math.max(row.getLong("log_end"), ends.getOrDefault(partition, 0L));
        return new CheckpointView(row.getString("topic"), partition, next, end, Math.max(0, end - next), row.getLong("epoch"),
                row.getOffsetDateTime("projected_through").toInstant(), row.getLong("projected"), row.getLong("duplicates"), row.getLong("conflicts"),
                row.getLong("control"), row.getLong("unreadable"), row.getLong("skipped"));
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
        var warnings = warnings();
        return new Status(
                generation,
                checkpoints,
                waiting(evaluatedAt),
                warnings.setAside(),
                warnings.overBudget(),
                warnings.unpublished(),
                count("SELECT count(*) FROM person"),
                checkpoints.stream().mapToLong(CheckpointView::projected).sum(),
                findings,
                warnings.texts(),
                meta());
    }

    Warnings warnings() {
        var now = session.run("SELECT clock_timestamp()").iterator().next().getOffsetDateTime(0).toInstant();
        var behind = evaluatedAt.isBefore(now) ? Duration.between(evaluatedAt, now) : Duration.ZERO;
        return new Warnings(behind, whyBehind(),
                count("SELECT count(*) FROM person WHERE failures > 0"),
                count("SELECT count(*) FROM person WHERE overruns IS NOT NULL"),
                count("SELECT count(*) FROM finding_queue WHERE refused IS NOT NULL"));
    }

    private String whyBehind() {
        return checkpoints.stream().min(Comparator.comparing(CheckpointView::projectedThrough))
                .filter(last -> !last.projectedThrough().isAfter(evaluatedAt))
                .map(last -> "partition " + last.topic() + "-" + last.partition() + " is projected through " + last.projectedThrough() + " only, with "
                        + last.lag() + " records to go.")
                .orElse("the database's clock is behind, or no evaluator runs.");
    }

    /// Those with news, those whose deadline has passed by now, and those whose verdict waited for a source that was heard since; without those
    /// who are set aside.
    long waiting(Instant at) {
        return session.run("""
                SELECT count(*)
                  FROM (SELECT token FROM mark UNION SELECT unnest(tokens) FROM mark_bundle UNION SELECT id FROM person WHERE due_at <= $1
                        UNION %s
                        EXCEPT SELECT id FROM person WHERE failures > 0) AS waiting""".formatted(Awaiting.NO_LONGER),
                at.atOffset(ZoneOffset.UTC)).iterator().next().getLong(0);
    }

    private long count(String sql) {
        return session.run(sql).iterator().next().getLong(0);
    }
}
