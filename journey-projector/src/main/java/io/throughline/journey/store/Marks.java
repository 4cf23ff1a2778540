package io.throughline.journey.store;

/// Marks that concern more than one batch of events.
final class Marks {

    private Marks() {}

    /// What verdicts rest on has changed: everyone is evaluated anew.
    static void markEveryone(Session session) {
        session.run("INSERT INTO mark (token, occurred_at) SELECT id, 'epoch' FROM person");
    }
}
