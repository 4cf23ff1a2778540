package io.throughline.journey.rule.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenSpanTest {

    @ParameterizedTest
    @CsvSource({"PT277H18M, 11 days 13 hours", "PT1H, 1 hour", "PT24H, 1 day", "PT24H5M, 1 day", "PT1M1S, 1 minute 1 second", "PT59.9S, 59 seconds",
            "PT0.000001S, less than a second", "PT47H55M, 1 day 23 hours"})
    void aLengthIsSaidInItsTwoLargestUnits(Duration length, String words) {
        assertThat(SpokenSpan.of(length)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"P1D, 1 day", "P60D, 60 days", "PT24H, 24 hours", "P1Y2M3W4DT5H6M7S, 1 year 2 months 3 weeks 4 days 5 hours 6 minutes 7 seconds",
            "P0D, no time", "PT0S, no time", "3 business days of GB-ENG, 3 business days of GB-ENG"})
    void aSpanIsSaidInTheUnitsThatItIsWrittenIn(String span, String words) {
        assertThat(SpokenSpan.of(span)).isEqualTo(words);
    }
}
