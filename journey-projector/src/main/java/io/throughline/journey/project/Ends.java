package io.throughline.journey.project;

import java.time.Instant;
import java.util.Map;

/// What the broker last said of the ends of partitions: all that was recorded up to `asked` lies before the end of its partition.
/// An answer of earlier stays as true as it was; it only gets old.
///
/// @param next by partition, the offset that its next record will have
record Ends(Instant asked, Map<Integer, Long> next) {

    static final Ends UNKNOWN = new Ends(Instant.EPOCH, Map.of());

    long of(int partition, long otherwise) {
        return next.getOrDefault(partition, otherwise);
    }
}
