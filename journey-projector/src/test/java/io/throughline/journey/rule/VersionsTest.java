package io.throughline.journey.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.journey.rule.file.RuleFiles;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A version of a rule governs what was activated from its `activeFrom` on, until the next one's.
class VersionsTest {

    /// One request on the first of each month from January to June, none of them answered.
    @ParameterizedTest(name = "{0}, {1}, {2}: {3}")
    @CsvSource(nullValues = "-", value = {
        "-, -,       -,       3 3 3 3 3 3",
        "-, 2026-03, -,       3 3 3 3 3 3",
        "-, -,       2026-04, 2 2 2 3 3 3",
        "-, 2026-03, 2026-05, 1 1 2 2 3 3",
        "-, 2026-05, 2026-03, 1 1 3 3 3 3",
        "2026-02, 2026-03, 2026-05, none 1 2 2 3 3",
    })
    void eachActivationIsJudgedByTheVersionThatGovernsIt(String first, String second, String third, String judgedBy) {
        var rulebook = new Rulebook(List.of(version(1, first), version(2, second), version(3, third)));
        var outcome = Journeys.evaluate(rulebook, Journeys.LONG_AFTER,
                IntStream.rangeClosed(1, 6).mapToObj(month -> Event.event("2026-0" + month + "-01T00:00:00Z", "asked")).toArray(Event[]::new));
        var versions = outcome.activations().stream().sorted(Comparator.comparing(Activation::activationAt))
                .map(activation -> Integer.toString(activation.rule().version()));
        var ungoverned = first == null ? Stream.<String>of() : Stream.of("none");
        assertThat(Stream.concat(ungoverned, versions)).containsExactly(judgedBy.split(" "));
    }

    @Test
    void theLastVersionIsTheRule() {
        var rulebook = new Rulebook(List.of(version(1, null), version(2, "2026-03")));
        assertThat(rulebook.rule("answered").orElseThrow().version()).isEqualTo(2);
        assertThat(rulebook.rule("answered", 1)).isPresent();
        assertThat(rulebook.rule("answered", 3)).isEmpty();
    }

    @Test
    void anotherMomentIsAnotherFingerprint() {
        assertThat(new Rulebook(List.of(version(1, null), version(2, "2026-03"))).fingerprint())
                .isNotEqualTo(new Rulebook(List.of(version(1, null), version(2, "2026-04"))).fingerprint());
    }

    @Test
    void aVersionIsThereOnce() {
        assertThatThrownBy(() -> new Rulebook(List.of(version(1, null), version(1, null)))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Rule version(int number, String activeFrom) {
        var yaml = "{ id: answered, version: %d, pattern: response, when: { type: asked }, expect: { type: answered }, within: PT1H%s }"
                .formatted(number, activeFrom == null ? "" : ", activeFrom: \"" + activeFrom + "-01T00:00:00Z\"");
        return RuleFiles.read("versions.yaml", yaml).rules().getFirst();
    }
}
