package io.throughline.journey.finding;

import io.throughline.journey.rule.Activation;
import java.util.Locale;
import java.util.Optional;

/// What we tell the world of an activation.
public enum FindingStatus {
    /// We cannot know yet.
    SUSPECTED,
    /// The obligation is broken and not met.
    OPEN,
    /// The obligation was broken, and met too late.
    RESOLVED,
    /// What we said no longer holds.
    WITHDRAWN,
    /// A person has decided that it is no concern of ours, for as long as the verdict says what it said then.
    DISMISSED;

    /// What an activation's verdict says by itself, before anything was told; empty where there is nothing to tell.
    public static Optional<FindingStatus> of(Activation activation) {
        return switch (activation.verdict()) {
            case UNDETERMINED -> Optional.of(SUSPECTED);
            case VIOLATED -> Optional.of(activation.metAt() == null ? OPEN : RESOLVED);
            case SATISFIED, PENDING -> Optional.empty();
        };
    }

    /// @throws IllegalArgumentException for an unknown word
    public static FindingStatus parse(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
