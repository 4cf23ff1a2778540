package io.throughline.journey.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

/// Who is to be evaluated: one mark for each person and batch of events, written with the events.
///
/// Far behind the log nobody is in a hurry, and the next batch has news of the same persons: the marks of a batch are then kept in one row, and
/// laid out, all that have gathered and each person once, by the first evaluator that has nothing else to do.
final class Marks {

    private Marks() {}

    /// @param earliest by person, when the first of the news occurred
    static void add(Session session, Map<UUID, Instant> earliest, boolean bundled) {
        if (earliest.isEmpty()) {
            return;
        }
        var tokens = earliest.keySet().toArray(UUID[]::new);
        var times = earliest.values().stream().map(time -> time.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new);
        session.run(bundled
                ? "INSERT INTO mark_bundle (tokens, occurred_at) VALUES ($1::uuid[], $2::timestamptz[])"
                : "INSERT INTO mark (token, occurred_at) SELECT * FROM unnest($1::uuid[], $2::timestamptz[])", tokens, times);
    }

    /// Waits for whoever is doing the same, so that nothing is in between when this has ended.
    ///
    /// @return whether there were any
    static boolean unbundle(Session session) {
        return session.run("""
                WITH bundle AS (DELETE FROM mark_bundle RETURNING tokens, occurred_at)
                INSERT INTO mark (token, occurred_at)
                SELECT one.token, min(one.occurred_at) FROM bundle, unnest(bundle.tokens, bundle.occurred_at) AS one (token, occurred_at) GROUP BY one.token""").rowCount() > 0;
    }

    /// What verdicts rest on has changed: everyone is evaluated anew.
    static void markEveryone(Session session) {
        session.run("INSERT INTO mark (token, occurred_at) SELECT id, 'epoch' FROM person");
    }
}
