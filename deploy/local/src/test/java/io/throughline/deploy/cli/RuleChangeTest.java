package io.throughline.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The plan says what is different, part by part.
class RuleChangeTest {

    private static final String RULE = "{'id': 'r', 'within': 'P1D', 'when': {'type': 'a', 'where': 'x'}, 'n': 1, 'examples': [{'name': 'e'}]}";

    @Test
    void theSameWordsAreNoChange() throws Exception {
        assertThat(change(RULE)).isEqualTo(new RuleChange.Unchanged("r", 4));
        assertThat(change(RULE.replace("'n': 1", "'n': 1.0"))).isInstanceOf(RuleChange.Unchanged.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'P1D' | 'P2D' | within: P1D → P2D",
        "'where': 'x' | 'where': 'y' | when.where: x → y",
        "'n': 1, | | n: 1 → (none)",
        "'n': 1, | 'n': 1, 'zone': 'UTC', | zone: (none) → UTC",
        "'name': 'e' | 'name': 'f' | examples differ",
        "'type': 'a' | 'type': ['a','b'] | when.type: a → [\"a\",\"b\"]",
    })
    void aChangeNamesThePart(String part, String other, String difference) throws Exception {
        var changed = change(RULE.replace(part, other == null ? "" : other));
        assertThat(changed).isInstanceOfSatisfying(RuleChange.Changed.class, change -> {
            assertThat(change.differences()).containsExactly(difference);
            assertThat(change.version()).isEqualTo(4);
        });
    }

    private static RuleChange change(String rule) throws JsonProcessingException {
        var inForce = json("{'rule': {'version': 4}, 'calendars': [], 'definition': " + RULE + "}");
        return RuleChange.of("r", inForce, json("{'rule': " + rule + "}"));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return Api.JSON.readTree(text.replace('\'', '"'));
    }
}
