package io.throughline.journey.rulebook;

import io.throughline.journey.rule.Rulebook;

/// The rules by which to judge.
public interface Rules {

    /// @param revision which state of the definitions the rulebook was made of; compared in the transaction that judges by it
    record Held(long revision, Rulebook rulebook) {}

    /// Those that this process holds now.
    Held held();

    /// Takes up what was defined since. Blocks on the database.
    void refresh();

    /// Rules that nobody changes.
    static Rules always(Rulebook rulebook) {
        return new Rules() {
            @Override
            public Held held() {
                return new Held(0, rulebook);
            }

            @Override
            public void refresh() {
                // nothing is ever defined
            }
        };
    }
}
