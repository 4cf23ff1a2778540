package io.throughline.journey.query;

import java.time.Instant;

/// One partition of the log: how far it is projected, and what became of its records. `next` = the sum of the five counts and `skipped`.
///
/// @param end of the log, as the broker says; `lag` is what lies between it and `next`
/// @param skipped offsets without a record for readers: markers of transactions, records of aborted ones
public record CheckpointView(
        String topic, int partition, long next, long end, long lag, long epoch, Instant projectedThrough,
        long projected, long duplicates, long conflicts, long control, long unreadable, long skipped) {}
