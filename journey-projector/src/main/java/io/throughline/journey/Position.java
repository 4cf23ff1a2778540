package io.throughline.journey;

import java.util.Objects;

/// Where an event lies on the log. Written `touchpoints-3:1042`: topic, partition, offset.
public record Position(String topic, int partition, long offset) {

    public Position {
        Objects.requireNonNull(topic, "topic");
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException("partition and offset of a position are not negative");
        }
    }

    /// @throws IllegalArgumentException unless `text` is `topic-partition:offset`
    public static Position parse(String text) {
        int colon = text.lastIndexOf(':');
        int hyphen = text.lastIndexOf('-', colon);
        if (hyphen < 1 || colon < 0) {
            throw new IllegalArgumentException("a position is written topic-partition:offset, as in touchpoints-3:1042");
        }
        try {
            return new Position(text.substring(0, hyphen), Integer.parseInt(text, hyphen + 1, colon, 10), Long.parseLong(text, colon + 1, text.length(), 10));
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("a position is written topic-partition:offset, as in touchpoints-3:1042");
        }
    }

    @Override
    public String toString() {
        return topic + "-" + partition + ":" + offset;
    }
}
