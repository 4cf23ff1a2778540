package io.throughline.journey.project;

/// Which persons an evaluator looks after, so that those of one process seldom meet, and hot journeys delay nobody else.
///
/// @param part of `parts`, from 0
/// @param hot looks after journeys of at least [#HOT] events, and nobody else does
/// @param persons most persons of one transaction: enough to share its cost, few enough to hold their locks for tens of milliseconds
public record Share(int part, int parts, boolean hot, int persons) {

    /// Events from which on a journey is hot: read and evaluated in some tens of milliseconds.
    public static final int HOT = 5_000;

    public static Share usual(int part, int parts) {
        return new Share(part, parts, false, 256);
    }

    /// One at a time: each of them takes as long as hundreds of others.
    public static Share ofHotOnes() {
        return new Share(0, 1, true, 1);
    }
}
