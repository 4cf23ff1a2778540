package io.throughline.journey.rule;

import java.util.Locale;

/// What holds of one activation at one evaluation time.
public enum Verdict {
    /// The obligation is met.
    SATISFIED,
    /// The deadline has not passed, or there is none; or a source that could have met the obligation may still be heard through it.
    PENDING,
    /// The deadline has passed, and the sources that could have met the obligation are heard through it. Stays, also when met late.
    VIOLATED,
    /// A field that the verdict needs is missing, or a source should have been heard through the deadline and is silent: we cannot know.
    UNDETERMINED;

    /// The word in rule files, answers and tables.
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
