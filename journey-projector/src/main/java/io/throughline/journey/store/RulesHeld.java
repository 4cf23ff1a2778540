package io.throughline.journey.store;

/// Which rules hold, kept still: whoever judges holds the state of the rules with others who judge, and whoever changes it waits for them.
/// So nobody judges by old rules after new ones have taken effect.
final class RulesHeld {

    private static final String LOCK = "hashtext(current_schema() || '.rules')";

    private RulesHeld() {}

    /// The state of the rules until the caller's transaction ends.
    static long hold(Session session) {
        session.run("SELECT pg_advisory_xact_lock_shared(" + LOCK + ")");
        return revision(session);
    }

    static long revision(Session session) {
        return session.run("SELECT rules FROM definition_position").iterator().next().getLong(0);
    }

    /// Waits until nobody judges; nobody does until the caller's transaction ends.
    static void change(Session session, long revision) {
        session.run("SELECT pg_advisory_xact_lock(" + LOCK + ")");
        session.run("UPDATE definition_position SET rules = $1", revision);
    }
}
