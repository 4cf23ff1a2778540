package io.throughline.journey.source;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a source is doing at one evaluation time.
///
/// @param registered whether it is in the registry; one that is not promises nothing
/// @param heartbeat the longest that it is silent while it is well; `null` where it promises none
/// @param delay how much later than they occur its events may come
/// @param promisedAt since when it promises that; `null` where it is not registered
/// @param lastHeard the largest min(occurredAt, recordedAt) of its events and heartbeats, however lately recorded; `null` if there is none
/// @param recordedBy the end of the second in which that was recorded; `null` if there is none
/// @param at the evaluation time
public record SourceHealth(
        String name, boolean registered, List<String> types, @Nullable Duration heartbeat, Duration delay, @Nullable Instant promisedAt,
        @Nullable Instant lastHeard, @Nullable Instant recordedBy, Instant at) {

    /// Its place in the list of all sources: registered ones first, then by name.
    public record Place(boolean registered, String name) {}

    private static final Duration ROUNDING = Duration.ofSeconds(1);

    public SourceHealth {
        Objects.requireNonNull(name, "name");
        types = List.copyOf(types);
    }

    /// Where it stands in the list of all sources.
    public Place place() {
        return new Place(registered, name);
    }

    /// Since when it is silent: its last sign of life, or its promise where it never gave one; `null` where there is neither.
    public @Nullable Instant silentSince() {
        return lastHeard == null ? promisedAt : lastHeard;
    }

    /// By when it has to be heard again; `null` where it promises no heartbeat.
    public @Nullable Instant expectedBy() {
        if (heartbeat == null || promisedAt == null) {
            return null;
        }
        var from = lastHeard == null || lastHeard.isBefore(promisedAt) ? promisedAt : lastHeard;
        return from.plus(heartbeat).plus(delay);
    }

    /// Whether it is silent for longer than it promised. The evaluation time decides: nobody is late because the projection is.
    public boolean isLate() {
        var by = expectedBy();
        return by != null && at.isAfter(by);
    }

    /// Whether it was in time again with its last sign of life. One that hands in what it missed, and is still behind, was not.
    boolean caughtUp() {
        return lastHeard != null && recordedBy != null && heartbeat != null
                && !recordedBy.minus(ROUNDING).isAfter(lastHeard.plus(heartbeat).plus(delay));
    }
}
