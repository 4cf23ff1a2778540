package io.throughline.journey.project;

import io.throughline.events.Token;
import java.util.UUID;

/// Which persons an evaluator looks after, so that those of one process seldom meet, and heavy journeys delay no others.
///
/// @param first and `last`: the tokens from one to the other, both included
/// @param apart looks after persons who are evaluated apart from others, and no other evaluator does: those of at least [#HEAVY] in weight, and
///     those whose evaluation failed
/// @param persons most persons of one transaction: enough to share its cost, few enough to hold their locks for tens of milliseconds
public record Share(Token first, Token last, boolean apart, int persons) {

    /// Weight from which on a journey is evaluated apart: read and evaluated in some tens of milliseconds. The unit is what an event costs;
    /// how the other costs count is said by [#weight].
    public static final int HEAVY = 5_000;

    /// What it costs to evaluate a person, in events: a kibibyte of contents or a hundred units of the rules' work cost about as much as an
    /// event, a finding eight times as much.
    ///
    /// @param bytes of contents
    /// @param work of the rules, in their units
    static long weight(long events, long bytes, long work, long findings) {
        return events + bytes / 1024 + work / 100 + 8 * findings;
    }

    /// @param part of `parts` of equal size, from 0
    public static Share usual(int part, int parts) {
        var last = part == parts - 1 ? new UUID(-1, -1) : new UUID(start(part + 1, parts) - 1, -1);
        return new Share(new Token(new UUID(start(part, parts), 0)), new Token(last), false, 256);
    }

    private static long start(int part, int parts) {
        return part == 0 ? 0 : Long.divideUnsigned(-1, parts) * part;
    }

    /// One at a time: each of them takes as long as hundreds of others.
    public static Share ofThoseApart() {
        return new Share(new Token(new UUID(0, 0)), new Token(new UUID(-1, -1)), true, 1);
    }
}
