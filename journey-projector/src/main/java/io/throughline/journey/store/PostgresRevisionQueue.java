package io.throughline.journey.store;

import io.throughline.events.Token;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.FindingJson;
import io.throughline.journey.publish.FindingTopic.Refused;
import io.throughline.journey.publish.Revision;
import io.throughline.journey.publish.RevisionQueue;
import io.throughline.journey.rule.FindingId;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/// The queue of revisions as a table. Whoever publishes holds an advisory lock for the time of one transaction, which the database
/// ends when its owner falls asleep in it.
public final class PostgresRevisionQueue implements RevisionQueue {

    private static final long LOCK = 0x66696e64696e6773L; // "findings"

    /// Of the values of one batch, when no single one goes over it.
    private static final long MOST_BYTES = 2 * 1024 * 1024;

    private final Database database;

    public PostgresRevisionQueue(Database database) {
        this.database = database;
    }

    @Override
    public int publishNext(int limit, Function<List<Revision>, List<Refused>> publisher) {
        return database.inTransaction(session -> {
            if (!session.run("SELECT pg_try_advisory_xact_lock($1)", LOCK).iterator().next().getBoolean(0)) {
                return 0;
            }
            var revisions = new ArrayList<Revision>();
            session.run("""
                    SELECT serial, id, person, revision, changed_at, value
                      FROM (SELECT *, sum(octet_length(value)) OVER (ORDER BY serial) - octet_length(value) AS bytes_before
                              FROM (SELECT * FROM finding_queue WHERE refused IS NULL ORDER BY serial LIMIT $1) q) q
                     WHERE bytes_before < $2 ORDER BY serial""", limit, MOST_BYTES).forEach(row -> revisions.add(revision(row)));
            if (!revisions.isEmpty()) {
                var refused = publisher.apply(revisions);
                refused.forEach(one -> session.run("UPDATE finding_queue SET refused = $2 WHERE serial = $1", one.revision().serial(), one.reason()));
                session.run("DELETE FROM finding_queue WHERE serial = ANY($1::bigint[]) AND refused IS NULL",
                        (Object) revisions.stream().map(Revision::serial).toArray(Long[]::new));
            }
            return revisions.size();
        });
    }

    @Override
    public void retryRefused() {
        database.inTransaction(session -> session.run("UPDATE finding_queue SET refused = NULL WHERE refused IS NOT NULL"));
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
