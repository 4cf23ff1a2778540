package io.throughline.journey.store;

import java.time.Instant;

/// The one evaluation time of a generation, kept: whoever judges, in whatever process, reads it here, so it never runs backwards, not even
/// when the database's clock does or a partition is added of which nothing is projected yet.
///
/// A generation made anew begins at the time as of which the world was last told something; until the log is read so far, nobody is judged by it.
final class EvaluationTime {

    /// Whoever holds it alone keeps the time where it is.
    private static final String HOLD = "hashtext(current_schema() || '.evaluation_time')";

    /// As far as log and clock permit, and never back.
    private static final String MOVE_ON = """
            UPDATE evaluation_time t SET at = p.at
              FROM (SELECT least(clock_timestamp(), min(projected_through)) AS at FROM checkpoint) p, %s
             WHERE t.at < p.at""".formatted(Session.NOT_WAITING);

    /// Of a row `t` of it: whether all that was recorded by then is projected. It is not where views are projected anew or a partition was added:
    /// who judged then would judge by a part of the log.
    static final String IS_REACHED = "NOT EXISTS (SELECT FROM checkpoint WHERE projected_through < t.at)";

    private EvaluationTime() {}

    static boolean isReached(Session session) {
        return session.run("SELECT " + IS_REACHED + " FROM evaluation_time t").iterator().next().getBoolean(0);
    }

    static Instant read(Session session) {
        return session.run("SELECT at FROM evaluation_time").iterator().next().getOffsetDateTime("at").toInstant();
    }

    /// Moves the time on as far as log and clock permit, unless somebody holds it. To be committed before anybody judges by it.
    static void advance(Session session) {
        session.run(MOVE_ON + " AND pg_try_advisory_xact_lock_shared(" + HOLD + ")");
    }

    /// Keeps the time where the checkpoints, which the caller has locked, permit it to be, until the caller's transaction ends.
    static Instant hold(Session session, Database database) {
        session.run("SELECT pg_advisory_xact_lock(" + HOLD + ")");
        return database.inTransaction(other -> {
            other.run(MOVE_ON);
            return read(other);
        });
    }
}
