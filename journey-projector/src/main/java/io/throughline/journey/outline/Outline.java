package io.throughline.journey.outline;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Severity;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A journey in short, by which it is found: when it began and last went on, of which kinds of touchpoints it is made, what was found.
///
/// @param firstAt of its touchpoints the earliest; `null` where there is none
/// @param parts by kind, of the first [#MOST_KINDS] in the order of the journey
/// @param findings how many of its verdicts a finding follows
/// @param severity the highest of these; `null` where there is none
public record Outline(
        @Nullable Instant firstAt, @Nullable Instant lastAt, Map<Kind, Part> parts, int findings, @Nullable Severity severity) {

    /// Kinds that are kept of one journey. Those of people are a few dozen; some hundred journeys are outlined at once.
    public static final int MOST_KINDS = 256;

    public static final Outline EMPTY = new Outline(null, null, Map.of(), 0, null);

    /// The touchpoints of one kind.
    public record Part(long touchpoints, Instant firstAt, Instant lastAt) {}

    /// Outlines one journey as it streams by. Used once, by one thread.
    public static final class Builder {
        private final Map<Kind, Part> parts = new HashMap<>();
        private @Nullable Instant firstAt;
        private @Nullable Instant lastAt;
        private int findings;
        private @Nullable Severity severity;

        /// The next touchpoint, in the total order.
        public void add(Touchpoint touchpoint) {
            var at = touchpoint.occurredAt();
            firstAt = firstAt == null ? at : firstAt;
            lastAt = at;
            var kind = new Kind(touchpoint.type(), touchpoint.attributes().channel(), touchpoint.source());
            if (parts.size() < MOST_KINDS || parts.containsKey(kind)) {
                parts.merge(kind, new Part(1, at, at), (before, _) -> new Part(before.touchpoints() + 1, before.firstAt(), at));
            }
        }

        /// A verdict that a finding follows.
        public void found(Severity ofRule) {
            findings++;
            severity = severity == null || ofRule.compareTo(severity) > 0 ? ofRule : severity;
        }

        public Outline finish() {
            return new Outline(firstAt, lastAt, parts, findings, severity);
        }
    }
}
