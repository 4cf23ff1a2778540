package io.throughline.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T18:12:00Z,               2026-03-02T18:12:00Z",
        "2026-03-02t18:12:00z,               2026-03-02T18:12:00Z",
        "2026-03-02T18:12:00.5Z,             2026-03-02T18:12:00.5Z",
        "2026-03-02T18:12:00.123456789Z,     2026-03-02T18:12:00.123456789Z",
        "2026-03-02T18:12:00.100+01:00,      2026-03-02T18:12:00.1+01:00",
        "2026-03-02T18:12:59.000001-11:30,   2026-03-02T18:12:59.000001-11:30",
        "2026-03-02T18:12:00+00:00,          2026-03-02T18:12:00Z",
        "2026-03-02T18:12:00-00:30,          2026-03-02T18:12:00-00:30",
        "2026-03-02T18:12Z,                  2026-03-02T18:12:00Z",
        "2026-03-02T18:12:00+01:00:30,       2026-03-02T18:12:00+01:00:30",
        "0001-01-01T00:00:00Z,               0001-01-01T00:00:00Z",
    })
    void isReadAndWrittenAgain(String text, String written) {
        assertThat(Rfc3339.format(Rfc3339.parse(text))).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "2026", "2026-03-02", "2026-03-02T18:12:00", "2026-03-02 18:12:00Z", "2026-02-30T18:12:00Z", "2026-13-02T18:12:00Z", "2026-03-02T24:00:00Z",
        "2026-03-02T18:60:00Z", "2026-03-02T18:12:60Z", "2026-03-02T18:12:00.1234567890Z", "2026-03-02T18:12:00+19:00",
        "2026-03-02T18:12:00+01:60", "2026-03-02T18:12:00Z ", "2026-03-02T18:12:0٣Z", "2026-03-02T1:12:00Z", "-026-03-02T18:12:00Z"})
    void isNoTime(String text) {
        assertThatThrownBy(() -> Rfc3339.parse(text)).isInstanceOf(DateTimeException.class);
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
                assertThat(Rfc3339.parse(expected)).isEqualTo(time);
            }
        }
    }
}
