package io.throughline.journey.rule.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// The days on which a country, or a company, works.
///
/// @param years those whose holidays are all known; of any other year it says nothing
public record BusinessCalendar(String name, SortedSet<DayOfWeek> weekend, SortedSet<Integer> years, SortedSet<LocalDate> holidays) {

    public BusinessCalendar {
        weekend = Collections.unmodifiableSortedSet(new TreeSet<>(weekend));
        years = Collections.unmodifiableSortedSet(new TreeSet<>(years));
        holidays = Collections.unmodifiableSortedSet(new TreeSet<>(holidays));
        if (weekend.size() == DayOfWeek.values().length) {
            throw new IllegalArgumentException("leaves no day of the week to work on");
        }
    }

    boolean covers(LocalDate day) {
        return years.contains(day.getYear());
    }

    boolean isBusinessDay(LocalDate day) {
        return !weekend.contains(day.getDayOfWeek()) && !holidays.contains(day);
    }
}
