package io.throughline.events;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The place of an event in the total order of a journey: `occurredAt`, `source`, `sequence`, `id`.
///
/// Sequences that are integers (`-?[0-9]+`) come first, by value; others after them, by UTF-8 bytes; an absent one last.
/// Sources and ids compare by UTF-8 bytes. Two events of one journey never share a key, because (source, id) names an event.
public record OrderKey(Instant occurredAt, String source, @Nullable String sequence, String id) implements Comparable<OrderKey> {

    public OrderKey {
        Objects.requireNonNull(occurredAt, "occurredAt");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(id, "id");
    }

    @Override
    public int compareTo(OrderKey other) {
        int order = occurredAt.compareTo(other.occurredAt);
        if (order == 0) {
            order = Text.compareBytes(source, other.source);
        }
        if (order == 0) {
            order = compareSequences(sequence, other.sequence);
        }
        return order != 0 ? order : Text.compareBytes(id, other.id);
    }

    /// Which of the four keys told two events apart, for explanations: `time`, `source`, `sequence` or `id`.
    public String decidedBy(OrderKey other) {
        if (!occurredAt.equals(other.occurredAt)) {
            return "time";
        }
        if (!source.equals(other.source)) {
            return "source";
        }
        return compareSequences(sequence, other.sequence) != 0 ? "sequence" : "id";
    }

    private static int compareSequences(@Nullable String left, @Nullable String right) {
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        boolean leftNumber = isInteger(left);
        boolean rightNumber = isInteger(right);
        if (leftNumber && rightNumber) {
            return compareIntegers(left, right);
        }
        return leftNumber == rightNumber ? Text.compareBytes(left, right) : Boolean.compare(rightNumber, leftNumber);
    }

    private static boolean isInteger(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > start;
    }

    /// By value and of any length, without parsing: sign, number of digits, digits.
    private static int compareIntegers(String left, String right) {
        String leftDigits = significantDigits(left);
        String rightDigits = significantDigits(right);
        boolean leftNegative = left.startsWith("-") && !leftDigits.isEmpty();
        boolean rightNegative = right.startsWith("-") && !rightDigits.isEmpty();
        if (leftNegative != rightNegative) {
            return leftNegative ? -1 : 1;
        }
        int byLength = Integer.compare(leftDigits.length(), rightDigits.length());
        int magnitude = byLength != 0 ? byLength : leftDigits.compareTo(rightDigits);
        return leftNegative ? -magnitude : magnitude;
    }

    private static String significantDigits(String integer) {
        int start = integer.startsWith("-") ? 1 : 0;
        while (start < integer.length() && integer.charAt(start) == '0') {
            start++;
        }
        return integer.substring(start);
    }
}
