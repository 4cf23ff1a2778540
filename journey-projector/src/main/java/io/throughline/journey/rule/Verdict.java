package io.throughline.journey.rule;

import java.util.Locale;

/// What holds of one activation at one evaluation time.
public enum Verdict {
    /// The obligation is met.
    SATISFIED,
    /// The deadline has not passed, or there is none.
    PENDING,
    /// By a present event at once, by an absence once the deadline has passed. Stays, also when met late.
    VIOLATED,
    /// A field that the verdict needs is missing: we cannot know.
    UNDETERMINED;

    /// The word in rule files, answers and tables.
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
