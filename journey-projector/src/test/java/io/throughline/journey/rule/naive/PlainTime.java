package io.throughline.journey.rule.naive;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/// RULES.md §3: exact spans, calendar spans, business days.
final class PlainTime {

    private PlainTime() {}

    /// `PT24H` is exact; years, months, weeks and days are added to what the clock on the wall shows, hours and below exactly after that.
    static Instant after(Instant start, String span, ZoneId zone) {
        int time = span.indexOf('T');
        var exact = time < 0 ? Duration.ZERO : Duration.parse("P" + span.substring(time));
        var date = time < 0 ? span : span.substring(0, time);
        return (date.equals("P") ? start : onTheWall(start, Period.parse(date), zone)).plus(exact);
    }

    private static Instant onTheWall(Instant start, Period period, ZoneId zone) {
        var from = start.atZone(zone);
        var to = from.toLocalDateTime().plusMonths(period.toTotalMonths()).plusDays(period.getDays());
        return ZonedDateTime.ofLocal(to, zone, from.getOffset()).toInstant();
    }

    /// The last moment (events are truncated to microseconds) of the n-th business day after the day of `start`.
    static Instant endOfBusinessDay(Instant start, int n, ZoneId zone, Calendar calendar) {
        var day = start.atZone(zone).toLocalDate();
        for (int counted = 0; counted < n; ) {
            day = day.plusDays(1);
            counted += calendar.isBusinessDay(day) ? 1 : 0;
        }
        return day.plusDays(1).atStartOfDay(zone).toInstant().minus(1, ChronoUnit.MICROS);
    }

    /// @param holidays days beside Saturdays and Sundays on which nobody works
    record Calendar(Set<LocalDate> holidays) {

        boolean isBusinessDay(LocalDate day) {
            return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY && !holidays.contains(day);
        }
    }

    static ZoneId zone(JsonNode rule) {
        return ZoneId.of(rule.path("zone").asText("UTC"));
    }
}
