package io.throughline.journey.store;

import io.throughline.journey.project.Advance;
import io.throughline.journey.project.BatchPlan;
import io.throughline.journey.project.Checkpoint;
import io.throughline.journey.project.FencedException;
import io.throughline.journey.project.ProjectionStore;
import io.throughline.journey.project.Tally;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Checkpoints, events and marks in PostgreSQL, one transaction a batch, set statements only.
public final class PostgresProjectionStore implements ProjectionStore {

    private final Database database;
    private final String topic;

    public PostgresProjectionStore(Database database, String topic) {
        this.database = database;
        this.topic = topic;
    }

    /// Makes a checkpoint of every partition known, owned or not: evaluation waits for all of them.
    public void register(int partitions) {
        database.inTransaction(session -> session.run("""
                INSERT INTO checkpoint (topic, partition) SELECT $1, p FROM generate_series(0, $2 - 1) p ON CONFLICT DO NOTHING""", topic, partitions));
    }

    @Override
    public List<Checkpoint> take(Collection<Integer> partitions) {
        return database.inTransaction(session -> {
            var taken = new ArrayList<Checkpoint>();
            session.run("""
                    INSERT INTO checkpoint (topic, partition) SELECT $1, unnest($2::int[]) ON CONFLICT DO NOTHING""", topic, numbers(partitions));
            session.run("""
                    UPDATE checkpoint SET epoch = epoch + 1 WHERE topic = $1 AND partition = ANY($2::int[])
                    RETURNING partition, next, epoch, recorded_through, projected_through""", topic, numbers(partitions))
                    .forEach(row -> taken.add(checkpoint(row)));
            return taken;
        });
    }

    private static Integer[] numbers(Collection<Integer> partitions) {
        return partitions.stream().sorted().toArray(Integer[]::new);
    }

    private static Checkpoint checkpoint(Row row) {
        return new Checkpoint(row.getInteger("partition"), row.getLong("next"), row.getLong("epoch"),
                row.getOffsetDateTime("recorded_through").toInstant(), row.getOffsetDateTime("projected_through").toInstant());
    }

    @Override
    public void project(Collection<Advance> advances, BatchPlan plan) {
        if (plan.isEmpty()) {
            // Only times and offsets without a record, of each partition that is still ours.
            database.outsideTransaction(session -> fence(session, advances, plan, ", " + Session.NOT_WAITING));
        } else {
            database.inTransaction(session -> store(session, advances, plan));
        }
    }

    private RowSet<Row> store(Session session, Collection<Advance> advances, BatchPlan plan) {
        fence(session, advances, plan, "");
        var tallies = new TreeMap<>(plan.tallies());
        new TouchpointInsert(session, topic).insert(plan.standing(), plan.conflicting(), tallies, Advance.lag(advances) > Advance.FAR_BEHIND);
        new Asides(session).keep(plan.control(), plan.unreadable());
        return count(session, tallies);
    }

    /// By exception: a fence that only reported would let a stale owner's writes commit.
    private RowSet<Row> fence(Session session, Collection<Advance> advances, BatchPlan plan, String alsoFrom) {
        var sorted = advances.stream().sorted((left, right) -> Integer.compare(left.partition(), right.partition())).toList();
        var moved = session.run("""
                UPDATE checkpoint c
                   SET next = a.next, log_end = greatest(c.log_end, a.log_end), skipped = c.skipped + a.skipped,
                       recorded_through = greatest(c.recorded_through, a.recorded_through),
                       projected_through = greatest(c.projected_through, a.projected_through)
                  FROM unnest($2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::timestamptz[], $8::timestamptz[], $9::bigint[])
                       AS a (partition, stored, next, epoch, log_end, recorded_through, projected_through, skipped)%s
                 WHERE c.topic = $1 AND c.partition = a.partition AND c.next = a.stored AND c.epoch = a.epoch""".formatted(alsoFrom),
                topic,
                sorted.stream().map(Advance::partition).toArray(Integer[]::new),
                sorted.stream().map(Advance::from).toArray(Long[]::new),
                sorted.stream().map(Advance::to).toArray(Long[]::new),
                sorted.stream().map(Advance::epoch).toArray(Long[]::new),
                sorted.stream().map(Advance::logEnd).toArray(Long[]::new),
                sorted.stream().map(advance -> advance.recordedThrough().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new),
                sorted.stream().map(advance -> advance.projectedThrough().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new),
                sorted.stream().map(advance -> advance.to() - advance.from() - plan.records(advance.partition())).toArray(Long[]::new));
        if (moved.rowCount() != advances.size()) {
            throw new FencedException("of " + advances.size() + " partitions " + moved.rowCount() + " still had the checkpoint and epoch that we stored");
        }
        return moved;
    }

    private RowSet<Row> count(Session session, Map<Integer, Tally> tallies) {
        return session.run("""
                UPDATE checkpoint c
                   SET projected = c.projected + t.projected, duplicates = c.duplicates + t.duplicates, conflicts = c.conflicts + t.conflicts,
                       control = c.control + t.control, unreadable = c.unreadable + t.unreadable
                  FROM unnest($2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
                       AS t (partition, projected, duplicates, conflicts, control, unreadable)
                 WHERE c.topic = $1 AND c.partition = t.partition""",
                topic,
                tallies.keySet().toArray(Integer[]::new),
                tallies.values().stream().map(Tally::projected).toArray(Long[]::new),
                tallies.values().stream().map(Tally::duplicates).toArray(Long[]::new),
                tallies.values().stream().map(Tally::conflicts).toArray(Long[]::new),
                tallies.values().stream().map(Tally::control).toArray(Long[]::new),
                tallies.values().stream().map(Tally::unreadable).toArray(Long[]::new));
    }
}
