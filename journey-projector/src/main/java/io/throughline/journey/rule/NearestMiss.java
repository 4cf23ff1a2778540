package io.throughline.journey.rule;

import io.throughline.journey.rule.cel.Condition;
import io.throughline.journey.rule.cel.Truth;
import io.throughline.journey.rule.cel.Truth.Known;
import io.throughline.journey.rule.cel.Truth.Unknown;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The event that came closest to meeting an obligation, and why it did not: fewest conditions failed, then closest in time.
public record NearestMiss(EventRef event, Instant occurredAt, List<Failed> failed) {

    /// What is said behind an expression that came out false.
    static final String IS_FALSE = " is false";

    public NearestMiss {
        failed = List.copyOf(failed);
    }

    /// A condition that the event did not meet.
    ///
    /// @param detail for people, as in `too late by PT3H`; names fields, never their values
    public record Failed(Kind condition, String detail) {

        public Failed {
            detail = Words.clip(detail, Words.MAX_LENGTH);
        }
    }

    /// What can fail: the selector's type (of a neighbour), source, channel or expression, the rule's expression (both `condition`), the correlation,
    /// the order of the journey, the deadline.
    public enum Kind {
        TYPE, SOURCE, CHANNEL, CONDITION, CORRELATION, ORDER, TIME;

        /// The word in answers and tables.
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @return what to say of a condition that did not come out true
    static Optional<Failed> failed(Condition condition, Truth truth) {
        return switch (truth) {
            case Known known when known == Known.TRUE -> Optional.empty();
            case Known _ -> Optional.of(new Failed(Kind.CONDITION, condition + IS_FALSE));
            case Unknown unknown -> Optional.of(new Failed(Kind.CONDITION, unknown.reason()));
        };
    }
}
