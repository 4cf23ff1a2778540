package io.throughline.journey.rule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The last moment that is still in time, and how it came about.
///
/// @param basis for people: a span of time, or what names the moment
/// @param from where the span begins; `null` where `basis` says all
/// @param zone where it was added; `null` where zones do not matter
public record Deadline(Instant at, String basis, @Nullable Instant from, @Nullable ZoneId zone) {

    public Deadline {
        Objects.requireNonNull(at, "at");
        basis = Words.clip(basis, Words.MAX_LENGTH);
    }

    public Deadline(Instant at, String basis) {
        this(at, basis, null, null);
    }

    /// For people, as in `P1D from 2026-03-02T18:12:00Z in Europe/London`. Written only when asked for: few deadlines are ever shown.
    public String computed() {
        return basis + (from == null ? "" : " from " + from) + (zone == null ? "" : " in " + zone);
    }

    boolean hasPassedAt(Instant time) {
        return time.isAfter(at);
    }
}
