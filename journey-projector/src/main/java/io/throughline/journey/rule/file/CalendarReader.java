package io.throughline.journey.rule.file;

import io.throughline.journey.rule.time.BusinessCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads a calendar of business days: `{ calendar: GB-ENG, weekend: [ saturday, sunday ], holidays: { 2026: [ 2026-01-01, … ] } }`.
///
/// Each year lists all its holidays; of a year that it does not list a calendar says nothing.
final class CalendarReader {

    private CalendarReader() {}

    static boolean isCalendar(Element root) {
        return root.at("calendar").isPresent() && !root.at("pattern").isPresent();
    }

    /// Empty where anything is wrong with it; the faults are noted with the document.
    static Optional<BusinessCalendar> read(Element root) {
        int before = root.faults().count();
        root.permits(Set.of("calendar", "weekend", "holidays"));
        var name = root.at("calendar").parsed(64, CalendarReader::name);
        var weekend = root.at("weekend").required("the days of the week without work, as in [ saturday, sunday ]").items().stream()
                .map(day -> day.parsed(16, CalendarReader::dayOfWeek))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        var years = new TreeSet<Integer>();
        var holidays = new TreeSet<LocalDate>();
        var byYear = root.at("holidays").required("for each year its holidays, as in { 2026: [ 2026-01-01 ] }");
        if (byYear.isPresent() && !byYear.node().isObject()) {
            byYear.fault("must be an object with years");
        }
        byYear.node().fieldNames().forEachRemaining(year -> readYear(byYear.at(year), year, years, holidays));
        if (weekend.size() == DayOfWeek.values().length) {
            root.at("weekend").fault("leaves no day of the week to work on");
        }
        return root.faults().count() > before ? Optional.empty() : Optional.of(new BusinessCalendar(name, weekend, years, holidays));
    }

    private static void readYear(Element list, String text, Set<Integer> years, Set<LocalDate> holidays) {
        if (!text.matches("[12]\\d{3}")) {
            list.fault("is not a year");
            return;
        }
        int year = Integer.parseInt(text);
        years.add(year);
        for (var day : list.items()) {
            var date = day.parsed(10, LocalDate::parse);
            if (date != null && date.getYear() != year) {
                day.fault("is not in " + year);
            }
            if (date != null) {
                holidays.add(date);
            }
        }
    }

    private static String name(String text) {
        if (!text.matches("[A-Za-z0-9]+([-_][A-Za-z0-9]+)*")) {
            throw new IllegalArgumentException("must be a name, as in GB-ENG");
        }
        return text;
    }

    private static DayOfWeek dayOfWeek(String text) {
        try {
            return DayOfWeek.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("is not a day of the week, as in saturday");
        }
    }
}
