package io.throughline.events;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;

/// Times as RFC 3339 writes them, to the letter, and to the microsecond.
///
/// Every event's time is read at the edge and again by each projector, and written in between: by hand, ten times as fast as by a formatter.
public final class Rfc3339 {

    private static final int SECONDS_END = 19;
    private static final int MICROSECOND_DIGITS = 6;
    private static final int LAST_MICROSECOND = 999_999;
    private static final int NANOS_OF_MICRO = 1000;
    /// Minutes from UTC that a [ZoneOffset] can hold; RFC 3339 goes up to 23:59.
    private static final int MAX_KEPT_OFFSET = 18 * 60;

    /// @param form of a text that is no such time
    /// @param what is wrong with it, after "it"
    private record Fault(Pattern form, String what) {
        static Fault of(String form, String what) {
            return new Fault(Pattern.compile(form.replace("DATE", "\\d{4}-\\d\\d-\\d\\d").replace("TIME", "[Tt]\\d\\d:\\d\\d:\\d\\d")
                    .replace("FRACTION", "(\\.\\d+)?").replace("OFFSET", "([Zz]|[+-]\\d\\d:\\d\\d)"), Pattern.DOTALL), what);
        }
    }

    /// The first that fits names the fault.
    private static final List<Fault> FAULTS = List.of(
            Fault.of("\\s.*|.*\\s", "has white space at its start or end"),
            Fault.of("DATE", "is a date without a time of day"),
            Fault.of("DATE[Tt ]\\d\\d:\\d\\d(OFFSET)?", "has no seconds"),
            Fault.of("DATE .*", "has a space where a T belongs"),
            Fault.of("DATETIMEFRACTION", "has no offset, which is Z, or hours and minutes as in +01:00"),
            Fault.of("DATETIMEFRACTION[+-]\\d\\d", "has an offset without minutes"),
            Fault.of("DATETIMEFRACTION[+-]\\d{3,4}", "has an offset without a colon"),
            Fault.of("DATETIMEFRACTION[+-]\\d\\d:\\d\\d:\\d\\d.*", "has an offset with seconds"),
            Fault.of("DATETIME,.*", "has a comma where a point belongs"),
            Fault.of("DATETIME\\.\\D.*|DATETIME\\.", "has a point with no fraction behind it"),
            Fault.of("DATETIMEFRACTIONOFFSET\\[.*", "has the name of a zone behind its offset"),
            Fault.of("DATETIMEFRACTIONOFFSET.+", "goes on behind its offset"),
            Fault.of("([+-]\\d+|\\d{1,3}|\\d{5,})-\\d\\d-.*", "has a year that is not of four digits"));

    private Rfc3339() {}

    /// A fraction finer than a microsecond is truncated; a leap second is the last microsecond before it. An offset beyond 18 hours, which
    /// Java's types cannot hold, becomes UTC: the instant is the same.
    ///
    /// @throws DateTimeException for anything else, its message what is wrong in words that follow "it", without the text itself
    public static OffsetDateTime parse(String text) {
        int zone = isDateAndTime(text) ? fractionEnd(text) : -1;
        if (zone < 0 || !isOffset(text, zone)) {
            throw new DateTimeException(fault(text));
        }
        int second = number(text, 17);
        boolean leap = second == 60;
        var local = local(text, leap ? 59 : second, leap ? LAST_MICROSECOND : micros(text, zone));
        int offset = offset(text, zone);
        if (leap && !endsAMonth(local.minusMinutes(offset))) {
            throw new DateTimeException("has a leap second where there is none: they end the last day of a month, at 23:59:60 UTC");
        }
        return Math.abs(offset) <= MAX_KEPT_OFFSET
                ? local.atOffset(ZoneOffset.ofTotalSeconds(offset * 60))
                : local.minusMinutes(offset).atOffset(ZoneOffset.UTC);
    }

    /// With its seconds, also where they are zero, and no more digits of a fraction than it needs. In UTC where the offset has seconds, which
    /// RFC 3339 cannot write.
    ///
    /// @throws DateTimeException for a year that is not of four digits
    public static String format(OffsetDateTime time) {
        if (time.getOffset().getTotalSeconds() % 60 != 0) {
            return format(time.withOffsetSameInstant(ZoneOffset.UTC));
        }
        if (time.getYear() < 0 || time.getYear() > 9999) {
            throw new DateTimeException("RFC 3339 writes years of four digits only");
        }
        var text = new StringBuilder(32);
        two(text, time.getYear() / 100);
        two(text, time.getYear() % 100);
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

    private static String fault(String text) {
        return FAULTS.stream().filter(fault -> fault.form().matcher(text).matches()).findFirst().map(Fault::what)
                .orElse("is not written like that");
    }

    /// `2026-03-02T18:12:00` in form; whether there is such a day and time is another question.
    private static boolean isDateAndTime(String text) {
        return text.length() > SECONDS_END && text.charAt(4) == '-' && text.charAt(7) == '-' && (text.charAt(10) == 'T' || text.charAt(10) == 't')
                && text.charAt(13) == ':' && text.charAt(16) == ':'
                && (number(text, 0) | number(text, 2) | number(text, 5) | number(text, 8) | number(text, 11) | number(text, 14) | number(text, 17)) >= 0;
    }

    /// The two digits at `from`; negative if they are not.
    private static int number(String text, int from) {
        int tens = text.charAt(from) - '0';
        int ones = text.charAt(from + 1) - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    /// Where the offset begins; negative where a point has no digits.
    private static int fractionEnd(String text) {
        if (text.charAt(SECONDS_END) != '.') {
            return SECONDS_END;
        }
        int end = SECONDS_END + 1;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end == SECONDS_END + 1 ? -1 : end;
    }

    private static boolean isOffset(String text, int from) {
        if (text.length() == from + 1) {
            return text.charAt(from) == 'Z' || text.charAt(from) == 'z';
        }
        return text.length() == from + 6 && (text.charAt(from) == '+' || text.charAt(from) == '-') && text.charAt(from + 3) == ':'
                && (number(text, from + 1) | number(text, from + 4)) >= 0;
    }

    /// In minutes.
    private static int offset(String text, int from) {
        if (text.length() == from + 1) {
            return 0;
        }
        int hours = number(text, from + 1);
        int minutes = number(text, from + 4);
        if (hours > 23 || minutes > 59) {
            throw new DateTimeException("has an offset beyond 23:59");
        }
        return (text.charAt(from) == '-' ? -1 : 1) * (hours * 60 + minutes);
    }

    private static LocalDateTime local(String text, int second, int micros) {
        int hour = number(text, 11);
        int minute = number(text, 14);
        if (hour > 23 || minute > 59 || second > 59) {
            throw new DateTimeException("has a time of day that does not exist");
        }
        try {
            int year = number(text, 0) * 100 + number(text, 2);
            return LocalDateTime.of(year, number(text, 5), number(text, 8), hour, minute, second, micros * NANOS_OF_MICRO);
        } catch (DateTimeException _) {
            throw new DateTimeException("has a day that does not exist");
        }
    }

    private static boolean endsAMonth(LocalDateTime utc) {
        return utc.getHour() == 23 && utc.getMinute() == 59 && utc.toLocalDate().plusDays(1).getDayOfMonth() == 1;
    }

    private static int micros(String text, int end) {
        int micros = 0;
        for (int i = SECONDS_END + 1; i <= SECONDS_END + MICROSECOND_DIGITS; i++) {
            micros = micros * 10 + (i < end ? text.charAt(i) - '0' : 0);
        }
        return micros;
    }
}
