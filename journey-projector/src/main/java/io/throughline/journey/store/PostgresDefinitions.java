package io.throughline.journey.store;

import io.throughline.events.definition.DefinitionKey;
import io.throughline.events.definition.DefinitionRecord;
import io.throughline.events.definition.SourceDefinition;
import io.throughline.events.definition.SourceJson;
import io.throughline.journey.definition.DefinitionLog.Entry;
import io.throughline.journey.definition.Definitions;
import java.time.ZoneOffset;
import java.util.List;

/// Sources and rules in PostgreSQL, as the log of definitions has them.
public final class PostgresDefinitions implements Definitions {

    private final Database database;

    public PostgresDefinitions(Database database) {
        this.database = database;
    }

    @Override
    public long next() {
        return database.inTransaction(session -> session.run("SELECT next FROM definition_position").iterator().next().getLong(0));
    }

    @Override
    public void apply(List<Entry> entries) {
        database.inTransaction(session -> {
            long next = session.run("SELECT next FROM definition_position FOR UPDATE").iterator().next().getLong(0);
            boolean sources = false;
            long rules = 0;
            for (var entry : entries) {
                if (entry.offset() >= next && entry.definition() != null) {
                    switch (entry.definition().key().kind()) {
                        case DefinitionKey.SOURCE -> sources |= applySource(session, entry.definition());
                        case DefinitionKey.RULE -> rules = RuleVersions.add(session, entry.definition()) ? entry.offset() + 1 : rules;
                        case DefinitionKey.DISMISSAL -> Dismissals.add(session, entry.definition());
                        default -> { } // of another service, or of a later version of ours
                    }
                }
            }
            session.run("UPDATE definition_position SET next = greatest(next, $1)", entries.getLast().offset() + 1);
            if (sources) {
                Marks.markEveryone(session);
            }
            if (rules > 0) {
                RulesHeld.change(session, rules); // whoever takes them up marks everyone: only then it is known whether they say something else
            }
            return null;
        });
    }

    /// @return whether it took effect: of two who wrote the same version the log says who was first
    private static boolean applySource(Session session, DefinitionRecord record) {
        var rows = session.run("SELECT version FROM source WHERE name = $1", record.key().id()).iterator();
        if (!record.follows(rows.hasNext() ? rows.next().getLong(0) : 0)) {
            return false;
        }
        boolean registered = record.type().equals(SourceDefinition.REGISTERED);
        var definition = registered ? read(record) : SourceDefinition.of(record.key().id(), List.of());
        session.run("""
                INSERT INTO source (name, version, registered, types, heartbeat, delay, promised_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (name) DO UPDATE SET promised_at = CASE WHEN (source.registered, source.heartbeat, source.delay)
                                                                         IS NOT DISTINCT FROM (excluded.registered, excluded.heartbeat, excluded.delay)
                                                                    THEN source.promised_at ELSE excluded.promised_at END,
                                                 version = excluded.version, registered = excluded.registered, types = excluded.types,
                                                 heartbeat = excluded.heartbeat, delay = excluded.delay""",
                record.key().id(), record.version(), registered && definition != null,
                definition == null ? new String[0] : definition.types().toArray(String[]::new),
                definition == null || definition.heartbeat() == null ? null : definition.heartbeat().toNanos() / 1000,
                definition == null ? 0L : definition.expectedDelay().toNanos() / 1000,
                record.at().atOffset(ZoneOffset.UTC));
        return true;
    }

    /// `null` where the log holds one that we cannot read: its source then counts as not registered.
    private static SourceDefinition read(DefinitionRecord record) {
        return record.value() != null
                && SourceJson.recorded(record.key().id(), record.value()) instanceof SourceJson.Reading.Readable(SourceDefinition definition)
                ? definition : null;
    }
}
