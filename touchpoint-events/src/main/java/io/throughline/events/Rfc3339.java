package io.throughline.events;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Times with an offset as RFC 3339 writes them.
///
/// Every event's time is read at the edge and again by each projector, and written in between. The form that nearly all of them have is
/// therefore read and written by hand, ten times as fast as by a formatter, which is left to read all others.
public final class Rfc3339 {

    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder().parseCaseInsensitive().append(DateTimeFormatter.ISO_OFFSET_DATE_TIME).toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT).withChronology(IsoChronology.INSTANCE);

    private static final int SECONDS_END = 19;
    private static final int MAX_FRACTION = 9;

    private Rfc3339() {}

    /// @throws DateTimeException for anything else
    public static OffsetDateTime parse(String text) {
        var usual = usual(text);
        return usual != null ? usual : OffsetDateTime.parse(text, FORMAT);
    }

    /// With its seconds, also where they are zero, and no more digits of a fraction than it needs.
    public static String format(OffsetDateTime time) {
        if (time.getYear() < 1000 || time.getYear() > 9999 || time.getOffset().getTotalSeconds() % 60 != 0) {
            return FORMAT.format(time);
        }
        var text = new StringBuilder(32);
        text.append(time.getYear());
        two(text.append('-'), time.getMonthValue());
        two(text.append('-'), time.getDayOfMonth());
        two(text.append('T'), time.getHour());
        two(text.append(':'), time.getMinute());
        two(text.append(':'), time.getSecond());
        fraction(text, time.getNano());
        return text.append(time.getOffset().getId()).toString();
    }

    private static void two(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private static void fraction(StringBuilder text, int nanos) {
        if (nanos > 0) {
            text.append('.');
            int rest = nanos;
            for (int digit = 100_000_000; rest > 0; digit /= 10) {
                text.append((char) ('0' + rest / digit));
                rest %= digit;
            }
        }
    }

    /// `2026-03-02T18:12:00`, a fraction or none, `Z` or an offset in hours and minutes; `null` for any other form.
    private static @Nullable OffsetDateTime usual(String text) {
        if (text.length() <= SECONDS_END || text.charAt(4) != '-' || text.charAt(7) != '-' || text.charAt(10) != 'T'
                || text.charAt(13) != ':' || text.charAt(16) != ':') {
            return null;
        }
        int century = number(text, 0);
        int year = number(text, 2);
        int month = number(text, 5);
        int day = number(text, 8);
        int hour = number(text, 11);
        int minute = number(text, 14);
        int second = number(text, 17);
        int zone = fractionEnd(text);
        var offset = offset(text, zone);
        if ((century | year | month | day | hour | minute | second) < 0 || offset == null) {
            return null;
        }
        return LocalDateTime.of(century * 100 + year, month, day, hour, minute, second, nanos(text, zone)).atOffset(offset);
    }

    /// The two digits at `from`; negative if they are not.
    private static int number(String text, int from) {
        int tens = text.charAt(from) - '0';
        int ones = text.charAt(from + 1) - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    private static int fractionEnd(String text) {
        int end = SECONDS_END;
        if (text.charAt(end) == '.') {
            do {
                end++;
            } while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9');
        }
        return end;
    }

    private static @Nullable ZoneOffset offset(String text, int from) {
        int digits = from - SECONDS_END - 1;
        if (digits == 0 || digits > MAX_FRACTION) {
            return null;
        }
        if (text.length() == from + 1 && text.charAt(from) == 'Z') {
            return ZoneOffset.UTC;
        }
        if (text.length() != from + 6 || text.charAt(from + 3) != ':' || (text.charAt(from) != '+' && text.charAt(from) != '-')) {
            return null;
        }
        int hours = number(text, from + 1);
        int minutes = number(text, from + 4);
        int sign = text.charAt(from) == '-' ? -1 : 1;
        return hours < 0 || minutes < 0 ? null : ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
    }

    private static int nanos(String text, int end) {
        int nanos = 0;
        for (int i = SECONDS_END + 1; i <= SECONDS_END + MAX_FRACTION; i++) {
            nanos = nanos * 10 + (i < end ? text.charAt(i) - '0' : 0);
        }
        return nanos;
    }
}
