package io.throughline.journey.query;

import java.util.Locale;

/// What findings can be counted by.
public enum FindingDimension {
    RULE, STATUS, SEVERITY, STAGE,
    /// The week in which it happened, from Monday.
    WEEK;

    /// The word in queries.
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
