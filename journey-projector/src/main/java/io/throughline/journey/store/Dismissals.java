package io.throughline.journey.store;

import io.throughline.events.Token;
import io.throughline.events.definition.DefinitionRecord;
import io.throughline.journey.finding.Dismissal;
import io.throughline.journey.rule.FindingId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Findings that people dismissed. Whoever evaluates the person next tells the world.
final class Dismissals {

    private static final Logger LOG = Logger.getLogger(Dismissals.class);

    private Dismissals() {}

    /// What the log says; what does not follow the decision before it, or cannot be read, has no effect.
    static void add(Session session, DefinitionRecord record) {
        UUID finding;
        UUID person;
        UUID content;
        try {
            var names = record.key().id().split(":", -1);
            finding = FindingId.parse(names[0]).value();
            person = Token.parse(names.length == 2 ? names[1] : "").value();
            content = UUID.fromString(record.value() == null ? "" : record.value().path("content").asText());
        } catch (IllegalArgumentException unreadable) {
            LOG.warnf("A dismissal cannot be read and has no effect: %s", record.id());
            return;
        }
        var reason = record.value().path("reason").asText();
        var versions = session.run("SELECT version FROM dismissal WHERE finding = $1 AND person = $2", finding, person).iterator();
        if (!record.follows(versions.hasNext() ? versions.next().getLong(0) : 0)) {
            return;
        }
        session.run("""
                INSERT INTO dismissal (finding, person, version, content, reason, dismissed_by, dismissed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (finding, person) DO UPDATE SET version = excluded.version, content = excluded.content, reason = excluded.reason,
                    dismissed_by = excluded.dismissed_by, dismissed_at = excluded.dismissed_at, told = false""",
                finding, person, record.version(), content, reason.substring(0, Math.min(reason.length(), Dismissal.MOST_REASON)), record.by(),
                Session.time(record.at()));
        session.run("INSERT INTO mark (token, occurred_at) SELECT id, 'epoch' FROM person WHERE id = $1", person);
    }

    /// Claims those of these persons that are not claimed yet.
    static Map<Token, List<FindingId>> takeUntold(Session session, Collection<Token> persons) {
        var untold = new HashMap<Token, List<FindingId>>();
        session.run("UPDATE dismissal SET told = true WHERE NOT told AND person = ANY($1::uuid[]) RETURNING person, finding", (Object) Columns.ids(persons))
                .forEach(row -> untold.computeIfAbsent(new Token(row.getUUID(0)), _ -> new ArrayList<>()).add(new FindingId(row.getUUID(1))));
        return untold;
    }

    /// What the verdicts behind these findings said then.
    static Map<Token, Map<FindingId, UUID>> contents(Session session, List<FindingId> findings) {
        var contents = new HashMap<Token, Map<FindingId, UUID>>();
        session.run("SELECT person, finding, content FROM dismissal WHERE finding = ANY($1::uuid[])", (Object) Columns.of(findings, FindingId::value, new UUID[0]))
                .forEach(row -> contents.computeIfAbsent(new Token(row.getUUID(0)), _ -> new HashMap<>()).put(new FindingId(row.getUUID(1)), row.getUUID(2)));
        return contents;
    }

    static Optional<Dismissal> find(Session session, FindingId finding, Token person) {
        var rows = session.run("SELECT version, reason, dismissed_by, dismissed_at FROM dismissal WHERE finding = $1 AND person = $2", finding.value(), person.value())
                .iterator();
        if (!rows.hasNext()) {
            return Optional.empty();
        }
        var row = rows.next();
        return Optional.of(new Dismissal(row.getLong(0), row.getString(1), row.getString(2), row.getOffsetDateTime(3).toInstant()));
    }
}
