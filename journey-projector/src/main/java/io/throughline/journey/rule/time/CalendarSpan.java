package io.throughline.journey.rule.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A span of time as people mean it: `P60D` is sixty days on the calendar of a zone, `PT24H` is twenty-four hours on any clock.
///
/// Years and months, then weeks and days are added to the local date-time (month end clamped; in a gap, forward by its length; in an
/// overlap, the offset of the start if it is valid there, else the earlier); then hours and below exactly.
///
/// @param days weeks and days
/// @param text as the author wrote it
public record CalendarSpan(int months, int days, Duration exact, String text) implements Span {

    private static final Pattern ISO_8601 = Pattern.compile("P(?=.)(?:(\\d{1,4})Y)?(?:(\\d{1,5})M)?(?:(\\d{1,5})W)?(?:(\\d{1,6})D)?"
            + "(?:T(?=.)(?:(\\d{1,8})H)?(?:(\\d{1,9})M)?(?:(\\d{1,9})(?:\\.(\\d{1,6}))?S)?)?");

    public CalendarSpan {
        Objects.requireNonNull(exact, "exact");
        Objects.requireNonNull(text, "text");
        if (months < 0 || days < 0 || exact.isNegative()) {
            throw new IllegalArgumentException("a span of time is not negative: " + text);
        }
    }

    /// @throws IllegalArgumentException with what is wrong, in words for the author of a rule
    public static CalendarSpan parse(String text) {
        var parts = ISO_8601.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a duration of ISO 8601 in whole, non-negative parts, as in P1D, PT24H, P1M or P1DT12H");
        }
        var exact = Duration.ofHours(number(parts, 5)).plusMinutes(number(parts, 6)).plusSeconds(number(parts, 7)).plusNanos(nanos(parts.group(8)));
        return new CalendarSpan(number(parts, 1) * 12 + number(parts, 2), number(parts, 3) * 7 + number(parts, 4), exact, text);
    }

    private static int number(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Integer.parseInt(parts.group(group));
    }

    private static long nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Long.parseLong((fraction + "000000000").substring(0, 9));
    }

    @Override
    public boolean needsZone() {
        return months != 0 || days != 0;
    }

    @Override
    public Optional<Instant> endAfter(Instant start, ZoneId zone) {
        return Optional.of(after(start, zone));
    }

    /// The instant this much after `start`.
    public Instant after(Instant start, ZoneId zone) {
        if (!needsZone()) {
            return start.plus(exact);
        }
        var from = ZonedDateTime.ofInstant(start, zone);
        LocalDateTime to = from.toLocalDateTime().plusMonths(months).plusDays(days);
        return ZonedDateTime.ofLocal(to, zone, from.getOffset()).toInstant().plus(exact);
    }

    @Override
    public String toString() {
        return text;
    }
}
