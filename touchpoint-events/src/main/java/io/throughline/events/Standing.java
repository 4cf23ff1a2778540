package io.throughline.events;

import java.time.Instant;
import java.util.Objects;

/// Which of two conflicting deliveries of one event stands: the one recorded first; at the same instant the one with the smaller content hash.
///
/// Every service that sees both chooses alike, whatever the order in which it sees them. The smaller standing wins.
///
/// @param recordedAt the log's time of the record (Kafka `LogAppendTime`), monotone in a partition
public record Standing(Instant recordedAt, ContentHash content) implements Comparable<Standing> {

    public Standing {
        Objects.requireNonNull(recordedAt, "recordedAt");
        Objects.requireNonNull(content, "content");
    }

    @Override
    public int compareTo(Standing other) {
        int byTime = recordedAt.compareTo(other.recordedAt);
        return byTime != 0 ? byTime : content.compareTo(other.content);
    }
}
