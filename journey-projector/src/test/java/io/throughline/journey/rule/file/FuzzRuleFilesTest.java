package io.throughline.journey.rule.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules that are nearly right: each is taken, or refused with its faults, and nothing else is thrown.
///
/// Plain seeded mutations of the shipped rules: `-Dseed=N` tries one seed, which is in the name of each case.
class FuzzRuleFilesTest {
    private static final int SEEDS = 10;
    private static final int PER_SEED = 60;
    private static final List<String> RULES = RuleFiles.resource("/rulebook/index").lines()
            .map(name -> RuleFiles.resource("/rulebook/" + name)).toList();
    private static final List<String> WORDS = List.of("", "&a [ *a ]", "*a", "!!java.lang.Runtime", "!!binary x", "<<: *b", "? ", "- ",
            "|", "---\n", "...\n", "%YAML 9", "\t", "{", "}", "[", "]", "\"", "'", "#", "~", "null", "0x7f", "1_000",
            ".inf", ".nan", "2026-01-01", "yes", "9".repeat(101), "9".repeat(1_001), "-1", "1e999999999", "1e99999999999",
                    "1e-999999999", "0", "\0",
                    "\uD800", "\u202E", "語", "x".repeat(1_100), "P1D", "PT-1S", "P99999999999D", "PT1e9S", "P1M", "Europe/Nowhere",
                    "+18:01",
            "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "2026-02-30T00:00:00Z", "this.data.n / 0 == 1",
                    "this.data.l.all(x, this.data.l.all(y, x == y))", "this.data.t.matches('((a?){30}){30}b')", "[".repeat(100),
                    "{a: ".repeat(100),
            "contradiction", "conformance", "repetition", "chain-response", "existence");

    static LongStream seeds() {
        return Long.getLong("seed") instanceof Long given ? LongStream.of(given) : new Random().longs(SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void areTakenOrRefusedWithTheirFaults(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < PER_SEED; i++) {
            var text = mutated(random, RULES.get(random.nextInt(RULES.size())));
            var file = random.nextInt(8) == 0 ? "rule.json" : "rule.yaml";
            try {
                assertThat(RuleFiles.written(file, text, _ -> true)).as(text).isNotNull();
            } catch (RuleFileException refused) {
                assertThat(refused.faults()).as(text).isNotEmpty().allMatch(fault -> !fault.detail().isBlank());
            } catch (RuntimeException | StackOverflowError other) {
                throw new AssertionError("neither taken nor refused: " + text, other);
            }
        }
    }

    /// A word becomes another, is doubled or left out; a line moves, is doubled or left out.
    private static String mutated(Random random, String text) {
        var mutated = text;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            mutated = random.nextInt(3) == 0 ? changed(random, mutated, "(?<=\n)") : changed(random, mutated,
                    "(?<=[\\s:,{}\\[\\]\"])|(?=[\\s:,{}\\[\\]\"])");
        }
        return mutated;
    }

    private static String changed(Random random, String text, String boundary) {
        var words = text.split(boundary);
        int at = random.nextInt(words.length);
        int other = random.nextInt(words.length);
        words[at] = switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> words[at] + words[at];
            case 2 -> words[other];
            default -> WORDS.get(random.nextInt(WORDS.size()));
        };
        return String.join("", words);
    }
}
