package io.throughline.journey.project;

import java.time.Instant;

/// How far the projection of one partition has got, and its owner's epoch. The database has the truth; this is its owner's copy.
///
/// @param next first offset not projected yet
/// @param recordedThrough running maximum of record timestamps
/// @param projectedThrough everything recorded up to here is projected
public record Checkpoint(int partition, long next, long epoch, Instant recordedThrough, Instant projectedThrough) {

    Checkpoint after(Advance advance) {
        return new Checkpoint(partition, advance.to(), epoch, advance.recordedThrough(), later(projectedThrough, advance.projectedThrough()));
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
