package io.throughline.journey.rule;

import java.time.Instant;
import java.util.Objects;

/// The last moment that is still in time, and how it came about.
///
/// @param computed for people, as in `P1D from 2026-03-02T18:12:00Z in Europe/London`
public record Deadline(Instant at, String computed) {

    public Deadline {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(computed, "computed");
    }

    boolean hasPassedAt(Instant time) {
        return time.isAfter(at);
    }
}
