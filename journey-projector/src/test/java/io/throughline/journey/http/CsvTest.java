package io.throughline.journey.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What spreadsheets and RFC 4180 ask of a line.
class CsvTest {

    @Test
    void textsAreQuotedWhereTheyMustBe() {
        assertThat(Csv.line("a", "b c", "d,e", "say \"no\"", "two\nlines", "", null)).isEqualTo("a,b c,\"d,e\",\"say \"\"no\"\"\",\"two\nlines\",,\r\n");
    }

    @Test
    void noTextBeginsAFormula() {
        for (var text : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(\"http://x\",\"y\")")) {
            var line = Csv.line(text);
            assertThat(line.startsWith("\"") ? line.substring(1) : line).as(text).startsWith("'");
        }
        assertThat(Csv.line("a=1", "'=1", " x")).isEqualTo("a=1,'=1, x\r\n");
    }

    @Test
    void numbersAndTimesAreWhatTheyAre() {
        assertThat(Csv.line(-3, 12L, true, Instant.parse("2026-03-02T18:12:00Z"))).isEqualTo("-3,12,true,2026-03-02T18:12:00Z\r\n");
    }
}
