package io.throughline.journey.project;

import java.time.Instant;

/// How far a batch takes one partition.
///
/// @param from the checkpoint that we last stored, not the batch's first offset: offsets have gaps
/// @param epoch of our ownership
/// @param logEnd end of the log as last seen
/// @param recordedThrough running maximum of record timestamps
/// @param projectedThrough everything recorded up to here is projected once this is stored
public record Advance(int partition, long from, long to, long epoch, long logEnd, Instant recordedThrough, Instant projectedThrough) {}
