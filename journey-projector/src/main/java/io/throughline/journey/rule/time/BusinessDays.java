package io.throughline.journey.rule.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/// Through the end of the n-th business day after the day of the start, which itself never counts.
///
/// @param days 1 to [#MAX_DAYS]
public record BusinessDays(int days, BusinessCalendar calendar) implements Span {

    public static final int MAX_DAYS = 1_000;

    public BusinessDays {
        Objects.requireNonNull(calendar, "calendar");
        if (days < 1 || days > MAX_DAYS) {
            throw new IllegalArgumentException("must be 1 to " + MAX_DAYS + " business days");
        }
    }

    @Override
    public Optional<Instant> endAfter(Instant start, ZoneId zone) {
        var day = start.atZone(zone).toLocalDate();
        for (int left = days; left > 0; ) {
            day = day.plusDays(1);
            if (!calendar.covers(day)) {
                return Optional.empty();
            }
            left -= calendar.isBusinessDay(day) ? 1 : 0;
        }
        return Optional.of(day.plusDays(1).atStartOfDay(zone).toInstant().minus(1, ChronoUnit.MICROS));
    }

    @Override
    public boolean needsZone() {
        return true;
    }

    @Override
    public String toString() {
        return days + (days == 1 ? " business day of " : " business days of ") + calendar.name();
    }
}
