package io.throughline.journey.rule.naive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An event as RULES.md speaks of it, in the order that OVERVIEW.md gives: time, source, sequence, id.
///
/// @param data a missing node where the event has none
record PlainEvent(
        String source, String id, String type, @Nullable String channel, Instant occurredAt, Instant recordedAt, @Nullable String sequence, JsonNode data)
        implements Comparable<PlainEvent> {

    /// What names it, as in `/crm#17`.
    String name() {
        return source + "#" + id;
    }

    boolean isBefore(PlainEvent other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(PlainEvent other) {
        int order = occurredAt.compareTo(other.occurredAt);
        order = order != 0 ? order : bytes(source, other.source);
        order = order != 0 ? order : sequences(sequence, other.sequence);
        return order != 0 ? order : bytes(id, other.id);
    }

    /// Integers first, by value; others after them, by bytes; none last.
    private static int sequences(@Nullable String left, @Nullable String right) {
        int kind = Integer.compare(kind(left), kind(right));
        if (kind != 0 || left == null || right == null) {
            return kind;
        }
        return kind(left) == 0 ? new BigInteger(left).compareTo(new BigInteger(right)) : bytes(left, right);
    }

    private static int kind(@Nullable String sequence) {
        return sequence == null ? 2 : sequence.matches("-?[0-9]+") ? 0 : 1;
    }

    private static int bytes(String left, String right) {
        return Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));
    }
}
