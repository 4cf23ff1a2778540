package io.throughline.journey.rule;

import io.throughline.journey.rule.cel.Condition;
import io.throughline.journey.rule.cel.Truth;
import io.throughline.journey.rule.cel.Truth.Known;
import io.throughline.journey.rule.cel.Truth.Unknown;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The event that came closest to meeting an obligation, and why it did not: fewest conditions failed, then closest in time.
public record NearestMiss(EventRef event, Instant occurredAt, List<Failed> failed) {

    public NearestMiss {
        failed = List.copyOf(failed);
    }

    /// A condition that the event did not meet.
    ///
    /// @param detail for people, as in `too late by PT3H`; names fields, never their values
    /// @param expression the condition in CEL, where no words say it
    public record Failed(Kind condition, String detail, @Nullable String expression) {

        public Failed {
            detail = Words.clip(detail, Words.MAX_LENGTH);
            expression = expression == null ? null : Words.clip(expression, Words.MAX_LENGTH);
        }

        public Failed(Kind condition, String detail) {
            this(condition, detail, null);
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

    /// @param candidateIsOther whether the event that is judged is the condition's `other`
    /// @return what to say of a condition that did not come out true
    static Optional<Failed> failed(Condition condition, Truth truth, boolean candidateIsOther) {
        return switch (truth) {
            case Known known when known == Known.TRUE -> Optional.empty();
            case Known _ -> Optional.of(condition.unmet(candidateIsOther)
                    .map(words -> new Failed(Kind.CONDITION, words))
                    .orElseGet(() -> new Failed(Kind.CONDITION, "it does not meet the condition", condition.toString())));
            case Unknown unknown -> {
                var words = Words.ofReason(unknown.reason(), candidateIsOther);
                yield Optional.of(new Failed(Kind.CONDITION, words, words.equals(unknown.reason()) ? condition.toString() : null));
            }
        };
    }
}
