package io.throughline.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventTextTest {

    static Stream<byte[]> notUtf8() {
        return Stream.of("\"\u00ff\"", "\"\u00c0\u00af\"", "\"\u00ed\u00a0\u0080\"", "\"\u00f5\u0080\u0080\u0080\"", "\"\u00e2\u0082\"")
                .map(bytes -> bytes.getBytes(ISO_8859_1));
    }

    @ParameterizedTest @MethodSource("notUtf8")
    void malformedOverlongSurrogateAndCutSequencesAreRefusedWithTheirPlace(byte[] bytes) {
        assertThat(code(bytes)).isEqualTo("malformed-text");
        assertThat(refusal(bytes).problem().detail()).contains("at byte 1.");
    }

    @Test void utf16IsNotGuessed() {
        assertThat(code("{\"a\":1}".getBytes(UTF_16LE))).isEqualTo("malformed-json");
        assertThat(code("{\"a\":1}".getBytes(UTF_16BE))).isEqualTo("malformed-json");
    }

    static Stream<String> notJson() {
        return Stream.of("", "  \n", "nonsense", "{", "{\"a\":1}{}", "{\"a\":1,\"a\":2}", "\"\u0000\"", "\ufeff{}", "NaN", "01", "[1,]",
                "[".repeat(65) + "]".repeat(65), "1".repeat(101), "{\"" + "n".repeat(257) + "\":1}");
    }

    @ParameterizedTest @MethodSource("notJson")
    void whatIsNotJsonOrBeyondItsLimitsIsRefused(String text) {
        assertThat(code(text.getBytes(UTF_8))).isEqualTo("malformed-json");
    }

    @Test void thePlaceIsToldButNotTheContents() {
        assertThat(refusal("{\n  \"a\": SECRET}".getBytes(UTF_8)).problem().detail()).contains("line 2").doesNotContain("SECRET");
    }

    @Test void numbersStayAsTheyWereWritten() {
        assertThat(EventText.read(ByteBuffer.wrap("[1.10,12345678901234567890,1E+5]".getBytes(UTF_8))).toString())
                .isEqualTo("[1.10,12345678901234567890,1E+5]");
    }

    private static String code(byte[] bytes) {
        return refusal(bytes).problem().code();
    }

    private static Refusal refusal(byte[] bytes) {
        var refusal = catchThrowableOfType(Refusal.class, () -> EventText.read(ByteBuffer.wrap(bytes)));
        assertThat(refusal).as("refusal").isNotNull();
        return refusal;
    }
}
