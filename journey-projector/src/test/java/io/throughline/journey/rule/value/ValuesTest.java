package io.throughline.journey.rule.value;

import static io.throughline.journey.rule.Event.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.throughline.events.json.EventJson;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    private static JsonNode json(String text) throws JsonProcessingException {
        return EventJson.mapper().readTree(text.replace('\'', '"'));
    }

    private static NormalisedValue normal(String text) throws JsonProcessingException {
        return NormalisedValue.of(json(text)).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'7 Harbour View'       | '  7  HARBOUR\\u00a0view\\u2003'",
        "'Straße'               | 'STRASSE'",
        "'\\u0130'              | 'i\\u0307'",
        "'ΣΊΣΥΦΟΣ'              | 'σίσυφος'",
        "'\\ufb01ne'            | 'fine'",
        "'Cafe\\u0301'          | 'CAFÉ'",
        "'ＢＳ１'               | 'bs1'",
        "'\\u13a0'              | '\\uab70'",
        "1                      | 1.00",
        "1e2                    | 100",
        "{'a': 1, 'b': null}    | {'a': 1.0}",
        "{'a': 1, 'b': 'X'}     | {'b': 'x', 'a': 1}",
        "{'amount': '12.50', 'currency': 'GBP'} | {'currency': 'gbp', 'amount': '12.5'}",
        "{'amount': '12.50', 'currency': 'GBP'} | {'currency': 'GBP', 'amount': 12.5}",
        "{'amount': '12345678901234567890123456789012.50', 'currency': 'GBP'} | {'currency': 'GBP', 'amount': 12345678901234567890123456789012.5}",
        "['A', 'b']             | ['a', 'B']"
    })
    void spellingsOfOneValueAreOneValue(String left, String right) throws JsonProcessingException {
        assertThat(normal(left)).isEqualTo(normal(right));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'1' | 1", "'a b' | 'ab'", "['a', 'b'] | ['b', 'a']", "{'amount': '12.50'} | {'amount': '12.5'}", "true | 'true'", "[null] | []", "'é' | 'e'",
        "12345678901234567890 | 12345678901234567891", "{'amount': '1', 'currency': 'GBP'} | {'amount': '1', 'currency': 'EUR'}"
    })
    void differentValuesStayDifferent(String left, String right) throws JsonProcessingException {
        assertThat(normal(left)).isNotEqualTo(normal(right));
    }

    /// The short way of ASCII comes out where the long way of Unicode does.
    @Test
    void asciiIsNormalisedLikeAllText() {
        for (char c = ' '; c <= '~'; c++) {
            var ascii = NormalisedValue.of(TextNode.valueOf("x" + c + c + "x")).orElseThrow();
            var unicode = NormalisedValue.of(TextNode.valueOf("x" + c + c + "x\u00df")).orElseThrow();
            assertThat(unicode.canonical()).isEqualTo(ascii.canonical().replaceFirst("x\"$", "xss\""));
        }
    }

    @Test
    void nothingIsNoValue() throws JsonProcessingException {
        assertThat(NormalisedValue.of(json("null"))).isEmpty();
        assertThat(NormalisedValue.of(MissingNode.getInstance())).isEmpty();
    }

    private static Correlation by(String... paths) {
        return new Correlation(Stream.of(paths).map(Correlation.Part::parse).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'n': 1} | {'n': 1.0} | true", "{'n': 'a'} | {'n': 'A'} | false", "{'n': '1'} | {'n': 1} | false",
        "{'n': null} | {'n': null} | false", "{} | {} | false",
        "{'n': {'x': null, 'y': 1}} | {'n': {'y': 1.0}} | true", "{'n': [1, null]} | {'n': [1]} | false", "{'n': true} | {'n': true} | true"
    })
    void aRequiredPathIsPresentAndEqual(String left, String right, boolean correlates) {
        assertThat(by("data.n").correlates(event("2026-01-01T00:00:00Z", "a", left).touchpoint(), event("2026-01-01T00:00:00Z", "b", right).touchpoint()))
                .isEqualTo(correlates);
    }

    @Test
    void twoPathsCannotBeConfusedWithEachOther() {
        var left = event("2026-01-01T00:00:00Z", "a", "{'p': 'x'}").touchpoint();
        var right = event("2026-01-01T00:00:00Z", "b", "{'q': 'x'}").touchpoint();
        assertThat(by("data.p?", "data.q?").correlates(left, right)).isFalse();
        assertThat(by("data.p?", "data.q?").difference(left, right)).isEqualTo("its p is missing, its q differs");
        assertThat(by("source", "data.p").reason(right)).isEqualTo("this.data.p is missing");
    }

    @Test
    void differentValuesHaveDifferentKeys() throws JsonProcessingException {
        var values = EventJson.mapper().readTree("""
                ["a", "A", "a b", "a\\nb", "true", true, "false", false, "1", 1, "-1", -1, "", "null",
                 "[]", [], "{}", {}, "\\"a\\"", "[\\"a\\"]", ["a"], "/a", "\\u0000"]""");
        assertThat(values.valueStream().map(ExactJson::key)).doesNotHaveDuplicates().allMatch(key -> key.chars().allMatch(c -> c >= ' '));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "datum.x", "data.", "data..x", "source.x", "addressId", ".data"})
    void aPathStartsAtAFieldOfAnEvent(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> EventPath.parse(text));
    }
}
