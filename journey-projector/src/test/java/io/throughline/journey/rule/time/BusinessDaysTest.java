package io.throughline.journey.rule.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessDaysTest {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final BusinessCalendar ENGLAND = new BusinessCalendar("GB-ENG", new TreeSet<>(List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY)),
            new TreeSet<>(List.of(2026)), new TreeSet<>(List.of(LocalDate.parse("2026-04-03"), LocalDate.parse("2026-04-06"))));

    @ParameterizedTest
    @CsvSource({
        "1, 2026-03-02T09:00:00Z, 2026-03-03T23:59:59.999999Z",
        "3, 2026-03-27T09:00:00Z, 2026-04-01T22:59:59.999999Z", // the clock goes forward in between
        "1, 2026-04-02T09:00:00Z, 2026-04-07T22:59:59.999999Z", // Easter
        "1, 2026-03-07T12:00:00Z, 2026-03-09T23:59:59.999999Z", // a Saturday does not count, nor does its own day
        "1, 2026-06-01T23:30:00Z, 2026-06-03T22:59:59.999999Z" // already Tuesday in London
    })
    void theDeadlineIsTheEndOfTheLastDay(int days, Instant start, Instant deadline) {
        assertThat(new BusinessDays(days, ENGLAND).endAfter(start, LONDON)).contains(deadline);
    }

    @Test
    void ofAYearThatItDoesNotListACalendarSaysNothing() {
        assertThat(new BusinessDays(1, ENGLAND).endAfter(Instant.parse("2026-12-31T09:00:00Z"), LONDON)).isEmpty();
    }
}
