package io.throughline.journey.store;

import io.throughline.events.Token;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.FindingJson;
import io.throughline.journey.publish.Revision;
import io.throughline.journey.publish.RevisionQueue;
import io.throughline.journey.rule.FindingId;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/// The queue of revisions as a table. Whoever publishes holds an advisory lock for the time of one transaction, which the database
/// ends when its owner falls asleep in it.
public final class PostgresRevisionQueue implements RevisionQueue {

    private static final long LOCK = 0x66696e64696e6773L; // "findings"

    private final Database database;

    public PostgresRevisionQueue(Database database) {
        this.database = database;
    }

    @Override
    public int publishNext(int limit, Consumer<List<Revision>> publisher) {
        return database.inTransaction(session -> {
            if (!session.run("SELECT pg_try_advisory_xact_lock($1)", LOCK).iterator().next().getBoolean(0)) {
                return 0;
            }
            var revisions = new ArrayList<Revision>();
            session.run("SELECT serial, id, person, revision, changed_at, value FROM finding_queue ORDER BY serial LIMIT $1", limit)
                    .forEach(row -> revisions.add(revision(row)));
            if (!revisions.isEmpty()) {
                publisher.accept(revisions);
                session.run("DELETE FROM finding_queue WHERE serial = ANY($1::bigint[])",
                        (Object) revisions.stream().map(Revision::serial).toArray(Long[]::new));
            }
            return revisions.size();
        });
    }

    private static Revision revision(Row row) {
        return new Revision(row.getLong(0), new FindingId(row.getUUID(1)), FindingRows.person(row.getUUID(2)), row.getInteger(3),
                row.getOffsetDateTime(4).toInstant(), row.getString(5));
    }

    /// In the transaction that reached them.
    static void add(Session session, List<Finding> revisions) {
        if (!revisions.isEmpty()) {
            session.run("""
                    INSERT INTO finding_queue (id, person, revision, changed_at, value)
                    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::timestamptz[], $5::text[])""",
                    revisions.stream().map(revision -> revision.id().value()).toArray(UUID[]::new),
                    revisions.stream().map(revision -> revision.person() == null ? null : revision.person().value()).toArray(UUID[]::new),
                    revisions.stream().map(Finding::revision).toArray(Integer[]::new),
                    revisions.stream().map(revision -> revision.changedAt().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new),
                    revisions.stream().map(revision -> FindingJson.write(revision).toString()).toArray(String[]::new));
        }
    }
}
