package io.throughline.events.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.LongStream;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalJsonTest {

    /// RFC 8785, section 3.2.2 and appendix B.
    @ParameterizedTest
    @CsvSource({
        "0, 0", "-0, 0", "-0.0, 0", "1, 1", "1.0, 1", "100, 100", "4.50, 4.5", "2e-3, 0.002", "1E30, 1e+30", "1e21, 1e+21", "1e20, 100000000000000000000",
        "0.000001, 0.000001", "1e-7, 1e-7", "0.000000000000000000000000001, 1e-27", "333333333.33333329, 333333333.3333333",
        "9007199254740992, 9007199254740992",
        "-5e-324, -5e-324", "1.7976931348623157e308, 1.7976931348623157e+308", "295147905179352830000, 295147905179352830000"})
    void numbersAreWrittenAsEcmaScriptWritesThem(String number, String expected) throws IOException {
        if (new BigDecimal(number).compareTo(new BigDecimal(Double.toString(Double.parseDouble(number)))) == 0) {
            assertThat(canonical(number)).isEqualTo(expected);
        } else {
            // Appendix B rounds such a number; we keep it, or two different events would be one.
            assertThat(new BigDecimal(canonical(number))).isEqualByComparingTo(number);
        }
    }

    @Test
    void numbersThatNoDoubleHoldsStayDifferent() throws IOException {
        assertThat(canonical("12345678901234567890")).isEqualTo("1234567890123456789E1");
        assertThat(canonical("12345678901234567891")).isEqualTo("12345678901234567891E0");
        assertThat(canonical("9007199254740993")).isNotEqualTo(canonical("9007199254740992"));
        assertThat(canonical("12345678901234567890.0")).isEqualTo(canonical("12345678901234567890"));
    }

    @Test
    void keysAreSortedByUtf16UnitsAndWhiteSpaceIsGone() throws IOException {
        assertThat(canonical("{ \"\\u20ac\": 1, \"\\r\": 2, \"1\": [ true , null ], \"\\ud83d\\ude00\": 3, \"\\ufb33\": 4 }"))
                .isEqualTo("{\"\\r\":2,\"1\":[true,null],\"€\":1,\"\uD83D\uDE00\":3,\"\uFB33\":4}");
    }

    /// Against an independent implementation; `-Dseed=N` replays one case.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithTheReferenceImplementation(long seed) throws IOException {
        var json = random(new Random(seed), 4);
        assertThat(CanonicalJson.text(json)).as("seed %d", seed).isEqualTo(new JsonCanonicalizer(json.toString()).getEncodedString());
    }

    static LongStream seeds() {
        return Long.getLong("seed") instanceof Long given ? LongStream.of(given) : new Random().longs(200);
    }

    private static JsonNode random(Random random, int depth) {
        var json = JsonNodeFactory.instance.objectNode();
        for (int i = random.nextInt(6); i >= 0; i--) {
            switch (random.nextInt(depth > 0 ? 7 : 5)) {
                case 0 -> json.put(text(random), text(random));
                case 1 -> json.put(text(random), random.nextInt());
                case 2 -> json.put(text(random), new BigDecimal(Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(-30, 30)))));
                case 3 -> json.put(text(random), random.nextBoolean());
                case 4 -> json.putNull(text(random));
                case 5 -> json.set(text(random), random(random, depth - 1));
                default -> json.set(text(random), JsonNodeFactory.instance.arrayNode().add(random(random, depth - 1)).add(text(random)));
            }
        }
        return json;
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(8), 1, 0x500).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static String canonical(String json) throws IOException {
        return CanonicalJson.text(EventJson.mapper().readTree(json));
    }
}
