package io.throughline.journey.project;

import java.time.Instant;
import java.util.Collection;

/// How far a batch takes one partition.
///
/// @param from the checkpoint that we last stored, not the batch's first offset: offsets have gaps
/// @param epoch of our ownership
/// @param logEnd end of the log as last seen
/// @param recordedThrough running maximum of record timestamps
/// @param projectedThrough everything recorded up to here is projected once this is stored
public record Advance(int partition, long from, long to, long epoch, long logEnd, Instant recordedThrough, Instant projectedThrough) {

    /// Records not projected yet from which on being up to date comes first: verdicts of a time long past are worth less.
    public static final long FAR_BEHIND = 20_000;

    /// Records of these partitions that were on the log when we last looked and are not projected by these advances.
    public static long lag(Collection<Advance> advances) {
        return advances.stream().mapToLong(advance -> advance.logEnd() - advance.to()).sum();
    }
}
