package io.throughline.journey.query;

import io.throughline.events.Token;
import io.throughline.journey.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where an event is.
public sealed interface Receipt {

    /// In a journey.
    record Projected(Token person, String type, Position position, Instant occurredAt, Instant recordedAt) implements Receipt {}

    /// Delivered again, with the same content: `standing` is the one that counts.
    record Duplicate(Position position, Projected standing) implements Receipt {}

    /// Delivered again, with other content: kept aside.
    record Conflict(Position position, Instant recordedAt, Projected standing) implements Receipt {}

    /// About an area or a source, so in no journey.
    record Control(String subject, String type, Position position, Instant recordedAt) implements Receipt {}

    /// On the log, but no event that we can read.
    record Unreadable(Position position, Instant recordedAt, String reason) implements Receipt {}

    /// At a position that is not projected yet.
    record Waiting(Position position, long behind) implements Receipt {}

    /// Not among what is projected so far.
    record Unknown(@Nullable Position position) implements Receipt {}
}
