package io.throughline.journey.query;

import java.util.Locale;

/// In which order findings are listed, newest first. Neither order changes while findings change, so that a list that is read page by page
/// repeats none and leaves none out.
public enum FindingSort {
    /// As they became known.
    KNOWN,
    /// By when it happened; of the same time as they became known.
    HAPPENED;

    /// The word in queries.
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException for an unknown word
    public static FindingSort parse(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
