package io.throughline.journey.store;

import io.throughline.events.Token;
import io.throughline.journey.project.FindingStore.Verdict;
import io.throughline.journey.rule.FindingId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Verdicts behind findings, by person and finding.
final class VerdictRows {

    private VerdictRows() {}

    static Map<Token, Map<FindingId, UUID>> read(Session session, Collection<Token> persons) {
        var standing = new HashMap<Token, Map<FindingId, UUID>>();
        session.run("SELECT person, finding, content FROM verdict WHERE person = ANY($1::uuid[])", (Object) Columns.ids(persons))
                .forEach(row -> standing.computeIfAbsent(new Token(row.getUUID(0)), _ -> new HashMap<>()).put(new FindingId(row.getUUID(1)), row.getUUID(2)));
        return standing;
    }

    static void upsert(Session session, List<Verdict> verdicts) {
        if (!verdicts.isEmpty()) {
            session.run("""
                    INSERT INTO verdict (person, finding, content) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[])
                    ON CONFLICT (person, finding) DO UPDATE SET content = excluded.content""",
                    persons(verdicts), findings(verdicts), Columns.of(verdicts, Verdict::content, new UUID[0]));
        }
    }

    static void delete(Session session, List<Verdict> verdicts) {
        if (!verdicts.isEmpty()) {
            session.run("""
                    DELETE FROM verdict v USING unnest($1::uuid[], $2::uuid[]) AS g (person, finding)
                     WHERE v.person = g.person AND v.finding = g.finding""", persons(verdicts), findings(verdicts));
        }
    }

    private static UUID[] persons(List<Verdict> verdicts) {
        return Columns.of(verdicts, verdict -> verdict.person().value(), new UUID[0]);
    }

    private static UUID[] findings(List<Verdict> verdicts) {
        return Columns.of(verdicts, verdict -> verdict.finding().value(), new UUID[0]);
    }
}
