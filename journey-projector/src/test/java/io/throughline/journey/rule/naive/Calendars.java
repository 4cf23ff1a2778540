package io.throughline.journey.rule.naive;

import io.throughline.journey.rule.naive.PlainTime.Calendar;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Bank holidays as governments publish them (gov.uk/bank-holidays, England and Wales), written down here once more.
final class Calendars {

    static final Map<String, Calendar> ALL = Map.of("GB-ENG", of("""
            2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
            2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
            2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
            """));

    private Calendars() {}

    private static Calendar of(String days) {
        Set<LocalDate> holidays = Stream.of(days.split("\\s+")).map(LocalDate::parse).collect(Collectors.toSet());
        return new Calendar(holidays);
    }
}
