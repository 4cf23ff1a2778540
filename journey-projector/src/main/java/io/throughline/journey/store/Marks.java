package io.throughline.journey.store;

import io.throughline.events.Token;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/// Who is to be evaluated: one mark for each person and batch of events, written with the events.
///
/// Far behind the log nobody is in a hurry, and the next batch has news of the same persons: the marks of a batch are then kept in one row, and
/// laid out, all that have gathered and each person once, by the first evaluator that has nothing else to do.
final class Marks {

    /// Most marks that are laid out at once: some seconds' work, which every statement must be able to finish in its time.
    private static final long TOGETHER = 4_000_000;

    private Marks() {}

    /// @param earliest by person, when the first of the news occurred
    static void add(Session session, Map<UUID, Instant> earliest, boolean bundled) {
        if (earliest.isEmpty()) {
            return;
        }
        var tokens = earliest.keySet().toArray(UUID[]::new);
        var times = earliest.values().stream().map(time -> time.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new);
        session.run(bundled
                ? "INSERT INTO mark_bundle (persons, tokens, occurred_at) SELECT cardinality($1::uuid[]), $1::uuid[], $2::timestamptz[]"
                : "INSERT INTO mark (token, occurred_at) SELECT * FROM unnest($1::uuid[], $2::timestamptz[])", tokens, times);
    }

    /// Lays out what has gathered, or as much of it as is good at once. Waits for whoever is doing the same.
    ///
    /// @return whether there was any left to do
    static boolean unbundle(Session session) {
        return session.run("""
                WITH bundle AS (
                  DELETE FROM mark_bundle
                   WHERE ctid IN (SELECT ctid FROM (SELECT ctid, sum(persons) OVER (ORDER BY ctid) - persons AS before FROM mark_bundle) b WHERE before < $1)
                  RETURNING tokens, occurred_at)
                INSERT INTO mark (token, occurred_at)
                SELECT one.token, min(one.occurred_at) FROM bundle, unnest(bundle.tokens, bundle.occurred_at) AS one (token, occurred_at) GROUP BY one.token""",
                TOGETHER).rowCount() > 0;
    }

    static boolean areBundled(Session session) {
        return session.run("SELECT EXISTS (SELECT FROM mark_bundle)").iterator().next().getBoolean(0);
    }

    /// By whoever evaluates them, under their locks.
    static void take(Session session, Collection<Token> persons) {
        session.run("DELETE FROM mark WHERE token = ANY($1::uuid[])", (Object) Columns.ids(persons));
    }

    /// What verdicts rest on has changed: everyone is evaluated anew.
    static void markEveryone(Session session) {
        session.run("INSERT INTO mark (token, occurred_at) SELECT id, 'epoch' FROM person");
    }
}
