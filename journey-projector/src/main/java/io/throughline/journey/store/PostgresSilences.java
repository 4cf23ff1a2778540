package io.throughline.journey.store;

import io.throughline.journey.finding.Finding;
import io.throughline.journey.source.Silences;
import io.throughline.journey.source.SourceHealth;
import io.throughline.journey.source.SourceSilence;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Silences in PostgreSQL. Whoever judges holds an advisory lock for the time of one transaction.
public final class PostgresSilences implements Silences {

    private static final long LOCK = 0x73696c656e636573L; // "silences"

    private final Database database;

    public PostgresSilences(Database database) {
        this.database = database;
    }

    @Override
    public int judge(Judge judge) {
        return database.inTransaction(session -> {
            if (!session.run("SELECT pg_try_advisory_xact_lock($1)", LOCK).iterator().next().getBoolean(0) || !EvaluationTime.isReached(session)) {
                return 0;
            }
            var at = EvaluationTime.read(session);
            var sources = new SourceRows(session).promising(at);
            var revisions = judge.revisions(sources, told(session, sources), at);
            FindingRows.upsert(session, revisions);
            PostgresRevisionQueue.add(session, revisions);
            return revisions.size();
        });
    }

    private static List<Finding> told(Session session, List<SourceHealth> sources) {
        var silences = sources.stream().map(SourceSilence::id).map(id -> id.value()).toArray(UUID[]::new);
        var told = new ArrayList<Finding>();
        session.run("SELECT " + FindingRows.COLUMNS + " FROM finding f " + """
                 WHERE f.subject IS NOT NULL AND f.rule = $1 AND (f.status = 'open' OR f.id = ANY($2::uuid[]))""",
                SourceSilence.RULE, silences).forEach(row -> told.add(FindingRows.finding(row)));
        return told;
    }
}
