package io.throughline.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Rfc3339Test {

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T18:12:00Z,               2026-03-02T18:12:00Z",
        "2026-03-02t18:12:00z,               2026-03-02T18:12:00Z",
        "2026-03-02T18:12:00.5Z,             2026-03-02T18:12:00.5Z",
        "2026-03-02T18:12:00.123456Z,        2026-03-02T18:12:00.123456Z",
        "2026-03-02T18:12:00.1234567899Z,    2026-03-02T18:12:00.123456Z",
        "2026-03-02T18:12:00.9999999999999999999999999999999999999999999999999999999999999999999999999Z, 2026-03-02T18:12:00.999999Z",
        "2026-03-02T18:12:00.100+01:00,      2026-03-02T18:12:00.1+01:00",
        "2026-03-02T18:12:59.000001-11:30,   2026-03-02T18:12:59.000001-11:30",
        "2026-03-02T18:12:00+00:00,          2026-03-02T18:12:00Z",
        "2026-03-02T18:12:00-00:30,          2026-03-02T18:12:00-00:30",
        "2026-03-02T18:12:00-00:00,          2026-03-02T18:12:00Z",
        "2026-03-02T18:12:00+18:00,          2026-03-02T18:12:00+18:00",
        "2026-03-02T18:12:00+23:59,          2026-03-01T18:13:00Z",
        "2026-03-02T18:12:00-18:01,          2026-03-03T12:13:00Z",
        "2016-12-31T23:59:60Z,               2016-12-31T23:59:59.999999Z",
        "1990-12-31T15:59:60.7-08:00,        1990-12-31T15:59:59.999999-08:00",
        "2017-01-01T05:29:60+05:30,          2017-01-01T05:29:59.999999+05:30",
        "0000-02-29T00:00:00Z,               0000-02-29T00:00:00Z",
        "9999-12-31T23:59:59Z,               9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z,               0001-01-01T00:00:00Z",
    })
    void isReadAndWrittenAgain(String text, String written) {
        assertThat(Rfc3339.format(Rfc3339.parse(text))).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            ''|is not written like that
            2026|is not written like that
            2026-03-02|is a date without a time of day
            2026-03-02T18:12Z|has no seconds
            2026-03-02T18:12+01:00|has no seconds
            2026-03-02T18:12|has no seconds
            2026-03-02T18:12:00|has no offset, which is Z, or hours and minutes as in +01:00
            2026-03-02T18:12:00.5|has no offset, which is Z, or hours and minutes as in +01:00
            2026-03-02 18:12:00Z|has a space where a T belongs
            2026-03-02T18:12:00+01|has an offset without minutes
            2026-03-02T18:12:00+0100|has an offset without a colon
            2026-03-02T18:12:00+01:00:30|has an offset with seconds
            2026-03-02T18:12:00+24:00|has an offset beyond 23:59
            2026-03-02T18:12:00+01:60|has an offset beyond 23:59
            2026-03-02T18:12:00,5Z|has a comma where a point belongs
            2026-03-02T18:12:00.Z|has a point with no fraction behind it
            2026-03-02T18:12:00+01:00[Europe/Berlin]|has the name of a zone behind its offset
            2026-03-02T18:12:00Z |has white space at its start or end
            2026-03-02T18:12:00Z!|goes on behind its offset
            2026-02-30T18:12:00Z|has a day that does not exist
            2026-13-02T18:12:00Z|has a day that does not exist
            2026-03-00T18:12:00Z|has a day that does not exist
            2026-03-02T24:00:00Z|has a time of day that does not exist
            2026-03-02T18:60:00Z|has a time of day that does not exist
            2026-03-02T18:12:61Z|has a time of day that does not exist
            2026-03-02T18:12:60Z|has a leap second where there is none: they end the last day of a month, at 23:59:60 UTC
            2016-12-31T23:59:60+01:00|has a leap second where there is none: they end the last day of a month, at 23:59:60 UTC
            +12026-03-02T18:12:00Z|has a year that is not of four digits
            12026-03-02T18:12:00Z|has a year that is not of four digits
            -026-03-02T18:12:00Z|has a year that is not of four digits
            2026-03-02T18:12:0٣Z|is not written like that
            2026-03-02T1:12:00Z|is not written like that
            2026-061T18:12:00Z|is not written like that
            20260302T181200Z|is not written like that
            """)
    void isNoTimeAndSaysWhy(String text, String reason) {
        assertThatThrownBy(() -> Rfc3339.parse(text)).isInstanceOf(DateTimeException.class).hasMessage(reason);
    }

    @Test
    void isWrittenInUtcWhereTheOffsetHasSecondsAndNotAtAllBeyondFourDigits() {
        assertThat(Rfc3339.format(OffsetDateTime.parse("2026-03-02T18:12:00+01:00:30"))).isEqualTo("2026-03-02T17:11:30Z");
        assertThatThrownBy(() -> Rfc3339.format(OffsetDateTime.parse("+10000-01-01T00:00:00Z"))).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> Rfc3339.format(OffsetDateTime.parse("-0001-01-01T00:00:00Z"))).isInstanceOf(DateTimeException.class);
    }

    @Test
    void isWrittenAsTheFormatterOfTheLibraryDoes() {
        long seed = System.nanoTime();
        System.out.println("Rfc3339Test: seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long second = random.nextLong(-70_000_000_000L, 253_000_000_000L);
            int nanos = random.nextInt(1_000_000_000) / (int) Math.pow(10, random.nextInt(10)) * (int) Math.pow(10, random.nextInt(3)) % 1_000_000_000;
            var time = OffsetDateTime.ofInstant(Instant.ofEpochSecond(second, nanos), ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 60, 18 * 60 + 1) * 60));
            if (time.getYear() >= 0 && time.getYear() <= 9999) {
                var expected = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
                assertThat(Rfc3339.format(time)).isEqualTo(expected);
                assertThat(Rfc3339.parse(expected)).isEqualTo(time.truncatedTo(ChronoUnit.MICROS));
            }
        }
    }
}
