package io.throughline.journey.project;

import io.throughline.events.Token;
import java.util.UUID;

/// Which persons an evaluator looks after, so that those of one process seldom meet, and hot journeys delay nobody else.
///
/// @param first and `last`: the tokens from one to the other, both included
/// @param hot looks after journeys of at least [#HOT] events, and nobody else does
/// @param persons most persons of one transaction: enough to share its cost, few enough to hold their locks for tens of milliseconds
public record Share(Token first, Token last, boolean hot, int persons) {

    /// Events from which on a journey is hot: read and evaluated in some tens of milliseconds.
    public static final int HOT = 5_000;

    /// @param part of `parts` of equal size, from 0
    public static Share usual(int part, int parts) {
        var last = part == parts - 1 ? new UUID(-1, -1) : new UUID(start(part + 1, parts) - 1, -1);
        return new Share(new Token(new UUID(start(part, parts), 0)), new Token(last), false, 256);
    }

    private static long start(int part, int parts) {
        return part == 0 ? 0 : Long.divideUnsigned(-1, parts) * part;
    }

    /// One at a time: each of them takes as long as hundreds of others.
    public static Share ofHotOnes() {
        return new Share(new Token(new UUID(0, 0)), new Token(new UUID(-1, -1)), true, 1);
    }
}
