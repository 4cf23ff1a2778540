package io.throughline.journey.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.definition.DefinitionRecord;
import io.throughline.events.json.EventJson;
import io.throughline.journey.query.Page;
import io.throughline.journey.query.Room;
import io.throughline.journey.query.RuleVersionEntry;
import io.throughline.journey.rulebook.RuleStore;
import io.throughline.journey.rulebook.RuleVersion;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;
import org.jspecify.annotations.Nullable;

/// The versions of rules in PostgreSQL, as the log of definitions has them, and which rules the verdicts there were reached by.
public final class RuleVersions implements RuleStore {

    private static final String COLUMNS = "v.id, v.version, v.record, v.value, v.defined_by, v.defined_at";

    /// Versions read at a time with all that they say, which is up to 64 KiB each.
    private static final int VALUES = 16;

    private final Database database;

    public RuleVersions(Database database) {
        this.database = database;
    }

    /// @return whether it took effect: of two who wrote the same version the log says who was first
    static boolean add(Session session, DefinitionRecord record) {
        var known = session.run("SELECT max(version) FROM rule_version WHERE id = $1", record.key().id()).iterator().next().getLong(0);
        boolean defined = record.type().equals(RuleVersion.DEFINED) && record.value() != null;
        // The first one follows what was installed where it was written, whichever version that was.
        if (!(defined || record.type().equals(RuleVersion.REMOVED)) || (known != null && !record.follows(known))) {
            return false;
        }
        session.run("INSERT INTO rule_version (id, version, record, value, defined_by, defined_at) VALUES ($1, $2, $3, $4, $5, $6)",
                record.key().id(), record.version(), record.id(), defined ? record.value().toString() : null,
                record.by(), Session.time(record.at()));
        return true;
    }

    /// Marks everyone when the verdicts in the store were reached by other rules.
    ///
    /// @param fingerprint of the rules by which everybody is judged from now on
    public void adopt(String fingerprint) {
        database.inTransaction(session -> {
            int changed = session.run("""
                    INSERT INTO rulebook (fingerprint) VALUES ($1)
                    ON CONFLICT (only_row) DO UPDATE SET fingerprint = excluded.fingerprint
                     WHERE rulebook.fingerprint <> excluded.fingerprint""", fingerprint).rowCount();
            if (changed > 0) {
                Marks.markEveryone(session);
            }
            return null;
        });
    }

    @Override
    public Defined defined() {
        return database.inSnapshot(session -> new Defined(RulesHeld.revision(session), versions(session, """
                WHERE v.value IS NOT NULL
                  AND NOT EXISTS (SELECT FROM rule_version r WHERE r.id = v.id AND r.version > v.version AND r.value IS NULL)""")));
    }

    @Override
    public List<RuleVersion> versions(String id) {
        return database.inTransaction(session -> versions(session, "WHERE v.id = $1", id));
    }

    @Override
    public Optional<RuleVersion> version(String id, long number) {
        return database.inTransaction(session -> versions(session, "WHERE v.id = $1 AND v.version = $2", id, number)).stream().findFirst();
    }

    /// Newest first, each without what it says: of that a few are held at a time.
    static Page<RuleVersionEntry> entries(Session session, String id, @Nullable Long before, Room room) {
        var entries = new ArrayList<RuleVersionEntry>();
        long next = before == null ? Long.MAX_VALUE : before;
        for (int read = VALUES; read == VALUES && entries.size() <= room.items(); ) {
            var some = session.run("SELECT " + COLUMNS + " FROM rule_version v WHERE v.id = $1 AND v.version < $2 ORDER BY v.version DESC LIMIT $3",
                    id, next, VALUES);
            some.forEach(row -> entries.add(entry(version(row))));
            read = some.size();
            next = entries.isEmpty() ? 0 : entries.getLast().version();
        }
        return new Page<>(entries.subList(0, Math.min(room.items(), entries.size())), entries.size() > room.items());
    }

    private static RuleVersionEntry entry(RuleVersion version) {
        var activeFrom = version.value() == null ? null : version.value().path("rule").path("activeFrom").textValue();
        return new RuleVersionEntry(version.number(), version.isRemoval(), activeFrom, version.by(), version.at());
    }

    private static List<RuleVersion> versions(Session session, String where, Object... arguments) {
        var versions = new ArrayList<RuleVersion>();
        session.run("SELECT " + COLUMNS + " FROM rule_version v " + where + " ORDER BY v.id, v.version", arguments).forEach(row -> versions.add(version(row)));
        return versions;
    }

    private static RuleVersion version(Row row) {
        return new RuleVersion(row.getString(0), row.getLong(1), row.getString(2), json(row.getString(3)),
                row.getString(4), row.getOffsetDateTime(5).toInstant());
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        try {
            return text == null ? null : EventJson.mapper().readTree(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("what was written as JSON can be read", impossible);
        }
    }

    @Override
    public int count() {
        return database.inTransaction(session -> session.run("SELECT count(DISTINCT id) FROM rule_version").iterator().next().getInteger(0));
    }

    @Override
    public SequencedCollection<String> sentTypes() {
        var types = new ArrayList<String>();
        database.inTransaction(session -> session.run("""
                SELECT DISTINCT unnest(CASE WHEN cardinality(types) = 0 THEN ARRAY['*'] ELSE types END) FROM source WHERE registered ORDER BY 1"""))
                .forEach(row -> types.add(row.getString(0)));
        return types;
    }
}
