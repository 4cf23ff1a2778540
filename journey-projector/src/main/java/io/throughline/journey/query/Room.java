package io.throughline.journey.query;

/// How much of a list one answer takes: at most `items`, and so many bytes of them; one item always.
public record Room(int items, long bytes) {

    /// Bytes of items in one answer: enough for hundreds of the usual ones, little enough for a dozen answers at once in a heap of 256 MiB.
    public static final long ANSWER_BYTES = 1024 * 1024;

    public Room {
        if (items < 1 || bytes < 1) {
            throw new IllegalArgumentException("there is room for one item at least");
        }
    }

    /// As much as one answer takes, and at most `items`.
    public static Room of(int items) {
        return new Room(items, ANSWER_BYTES);
    }
}
