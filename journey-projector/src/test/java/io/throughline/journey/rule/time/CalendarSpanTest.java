package io.throughline.journey.rule.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarSpanTest {

    @ParameterizedTest(name = "{1} after {0} in {2}: {4}")
    @CsvSource({
        "2026-03-28T18:12:00Z,          P1D,     Europe/London, 2026-03-29T18:12:00+01:00, a day across the spring change has 23 hours",
        "2026-03-28T18:12:00Z,          PT24H,   Europe/London, 2026-03-29T19:12:00+01:00, twenty-four hours are twenty-four hours",
        "2026-10-24T18:12:00+01:00,     P1D,     Europe/London, 2026-10-25T18:12:00Z,      a day across the autumn change has 25",
        "2026-03-28T01:30:00Z,          P1D,     Europe/London, 2026-03-29T02:30:00+01:00, in the gap it moves forward by its length",
        "2026-10-24T01:30:00+01:00,     P1D,     Europe/London, 2026-10-25T01:30:00+01:00, in the overlap the start's offset if valid",
        "2026-10-26T01:30:00Z,          P0D,     Europe/London, 2026-10-26T01:30:00Z,      nothing is allowed",
        "2026-10-25T01:30:00Z,          P0D,     Europe/London, 2026-10-25T01:30:00Z,      nothing keeps the later of two equal local times",
        "2026-09-25T00:30:00Z,          P1M,     Europe/Athens, 2026-10-25T03:30:00+03:00, in the overlap the offset of the start",
        "2026-02-25T02:30:00+02:00,     P242D,   Europe/Athens, 2026-10-25T02:30:00+03:00, before the overlap only one offset is valid",
        "2026-01-25T03:30:00+02:00,     P9M,     Europe/Athens, 2026-10-25T03:30:00+02:00, the offset of the start is valid so it stays",
        "2026-01-31T10:00:00Z,          P1M,     Europe/London, 2026-02-28T10:00:00Z,      a month's end is clamped",
        "2024-02-29T10:00:00Z,          P1Y,     Europe/London, 2025-02-28T10:00:00Z,      a leap day is clamped",
        "2026-01-31T10:00:00Z,          P1M1D,   Europe/London, 2026-03-01T10:00:00Z,      months before days",
        "2026-01-05T10:00:00Z,          P2W,     Europe/London, 2026-01-19T10:00:00Z,      weeks",
        "2026-03-28T18:12:00Z,          P1DT12H, Europe/London, 2026-03-30T06:12:00+01:00, days on the calendar then hours exactly",
        "2026-01-05T10:00:00Z,          PT1.5S,  UTC,           2026-01-05T10:00:01.5Z,    fractions of a second",
        "2026-01-05T10:00:00Z,          P1Y2M3W4DT5H6M7.000008S, UTC, 2027-03-30T15:06:07.000008Z, everything at once"
    })
    void isAddedAsPeopleMeanIt(String start, String span, String zone, String end, String why) {
        assertThat(CalendarSpan.parse(span).after(OffsetDateTime.parse(start).toInstant(), ZoneId.of(zone))).as(why)
                .isEqualTo(OffsetDateTime.parse(end).toInstant());
    }

    /// Sixty days after midnight is midnight: one by one the hour would shift at the change.
    @Test
    void intermediateDaysAreNotResolved() {
        var start = OffsetDateTime.parse("2026-03-28T01:30:00Z").toInstant();
        assertThat(CalendarSpan.parse("P2D").after(start, ZoneId.of("Europe/London"))).isEqualTo(OffsetDateTime.parse("2026-03-30T01:30:00+01:00").toInstant());
    }

    /// In 1995 Lisbon's summer was at +02:00; the hour that occurred twice in October 1996 was at +01:00 and then at +00:00.
    @Test
    void inAnOverlapWhereTheOffsetOfTheStartIsNotValidItIsTheEarlier() {
        var start = OffsetDateTime.parse("1995-07-27T01:30:00+02:00").toInstant();
        assertThat(CalendarSpan.parse("P1Y3M").after(start, ZoneId.of("Europe/Lisbon")))
                .isEqualTo(OffsetDateTime.parse("1996-10-27T01:30:00+01:00").toInstant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P", "PT", "P1", "1D", "-P1D", "P-1D", "PT-1H", "P1DT", "P1.5D", "PT1H2", "P1H", "p1d", "P1D1M", "PT1.1234567S", "P99999999D"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> CalendarSpan.parse(text)).withMessageContaining("P1D");
    }

    @ParameterizedTest
    @CsvSource({"PT24H,false", "P0D,false", "P1D,true", "P1M,true", "P1DT1H,true"})
    void onlyCalendarPartsNeedAZone(String text, boolean needsZone) {
        assertThat(CalendarSpan.parse(text).needsZone()).isEqualTo(needsZone);
    }
}
