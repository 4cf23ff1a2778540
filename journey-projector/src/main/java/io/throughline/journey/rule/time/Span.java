package io.throughline.journey.rule.time;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/// How long something may take.
public sealed interface Span permits CalendarSpan, BusinessDays {

    /// The last moment in time of `start`; empty where the calendar does not reach that far.
    Optional<Instant> endAfter(Instant start, ZoneId zone);

    /// Whether it means something only in a zone.
    boolean needsZone();
}
