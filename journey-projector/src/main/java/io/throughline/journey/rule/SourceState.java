package io.throughline.journey.rule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A source as it is registered, and how far it was heard by one evaluation time.
///
/// @param types event types that it registered; a trailing `*` stands for a family. A source without any is needed only by rules that name it
/// @param heartbeat the longest that it is silent while it is well; `null` where it promises none, so that time alone moves its watermark
/// @param delay how much later than they occur its events may come
/// @param lastHeard the largest min(occurredAt, recordedAt) of its events and heartbeats *recorded by the evaluation time*; `null` if there is none
public record SourceState(String name, List<String> types, @Nullable Duration heartbeat, Duration delay, @Nullable Instant lastHeard) {

    public SourceState {
        Objects.requireNonNull(name, "name");
        types = List.copyOf(types);
        if (delay.isNegative() || (heartbeat != null && heartbeat.isNegative())) {
            throw new IllegalArgumentException("delay and heartbeat of " + name + " must not be negative: " + delay + ", " + heartbeat);
        }
    }

    /// Until when all that it had to say is known at `time`; `null` if it was never heard.
    @Nullable Instant watermark(Instant time) {
        var heard = heartbeat == null ? time : lastHeard;
        return heard == null ? null : heard.minus(delay);
    }

    boolean isHeardThrough(Instant moment, Instant time) {
        var watermark = watermark(time);
        return watermark != null && !watermark.isBefore(moment);
    }

    /// Whether it should have been heard through `moment` by `time`, were it well. One without a heartbeat is heard before that.
    boolean isOverdue(Instant moment, Instant time) {
        return heartbeat != null && time.isAfter(moment.plus(delay).plus(heartbeat));
    }

    /// For one not heard through `moment` and not overdue: the time at which it is one of the two, if nothing arrives.
    Instant nextChange(Instant moment) {
        var heard = moment.plus(delay);
        return heartbeat == null ? heard : heard.plus(heartbeat).plus(1, ChronoUnit.MICROS);
    }
}
