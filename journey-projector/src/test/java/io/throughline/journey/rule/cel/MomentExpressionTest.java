package io.throughline.journey.rule.cel;

import static io.throughline.journey.rule.Event.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.rule.Seeds;
import io.throughline.journey.rule.work.Meter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentExpressionTest {

    private static final List<String> DATES = List.of("2026-05-04", "2024-02-29", "2026-02-29", "0001-01-01", "0000-12-31", "9999-12-31",
            "12026-05-04", "2026-5-4");
    private static final List<String> TIMES = List.of("T10:00:00", "T23:59:59", "T24:00:00", "T23:59:60", "T10:00", "t10:00:00", " 10:00:00", "");
    private static final List<String> FRACTIONS = List.of("", ".5", ".000001", ".123456789", ".1234567891", ".", ",5");
    private static final List<String> ZONES = List.of("Z", "z", "+01:00", "-00:00", "-05:30", "+18:00", "+19:00", "+01", "+0100", "+01:00:00",
            "", "[Europe/London]");

    private static final MomentExpression TIMESTAMP = MomentExpression.parse("timestamp(this.data.due)");
    private static final MomentExpression TEXT = MomentExpression.parse("this.data.due");
    private static final MomentExpression TIMESTAMP_BY_CEL = MomentExpression.parse("timestamp('' + this.data.due)");
    private static final MomentExpression TEXT_BY_CEL = MomentExpression.parse("'' + this.data.due");

    /// The longer expressions say the same and are left to CEL.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsATimeOfAnyFormAsCelDoes(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            var time = oneOf(DATES, random) + oneOf(TIMES, random) + oneOf(FRACTIONS, random) + oneOf(ZONES, random);
            assertThat(moment(TIMESTAMP, time)).as("seed %d, timestamp of %s", seed, time).isEqualTo(moment(TIMESTAMP_BY_CEL, time));
            assertThat(moment(TEXT, time)).as("seed %d, text %s", seed, time).isEqualTo(moment(TEXT_BY_CEL, time));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp(this.data.due)", "this.data.due"})
    void isTruncatedToTheMicrosecond(String expression) {
        assertThat(moment(MomentExpression.parse(expression), "2026-05-04T11:00:00.1234567+01:00"))
                .hasValueSatisfying(moment -> assertThat(moment).isEqualTo("2026-05-04T10:00:00.123456Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp(this.data.due)", "this.data.due", "timestamp(this.data.other)"})
    void isNoneWhereThereIsNoTime(String expression) {
        assertThat(moment(MomentExpression.parse(expression), "tomorrow")).isEmpty();
    }

    private static Optional<Instant> moment(MomentExpression expression, String due) {
        return expression.of(event("2026-05-04T09:00:00Z", "promise-made.v1", "{'due': '" + due + "'}").touchpoint(), Meter.unlimited());
    }

    private static String oneOf(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    static LongStream seeds() {
        return Seeds.some(3);
    }
}
