package io.throughline.journey.rule.naive;

import static org.assertj.core.api.Assertions.fail;

import io.throughline.journey.rule.Seeds;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Two programs, one meaning: random rules of all patterns over random journeys. `-Dlong=true` tries 200,000 journeys instead of 5,000,
/// `-Dpattern=response` those of one pattern.
class EvaluatorAgainstCheckerTest {

    private static final int JOURNEYS = 10;

    static LongStream seeds() {
        return Seeds.some(Boolean.getBoolean("long") ? 200_000 / JOURNEYS : 5_000 / JOURNEYS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void judgeAlike(long seed) {
        var chance = new Chance(new Random(seed));
        var rule = new RandomRules(chance, RandomRules.chosen()).rule();
        var rulebook = Evaluated.rulebook(rule);
        var journeys = new RandomJourneys(chance, rule);
        for (int i = 0; i < JOURNEYS; i++) {
            Difference.in(rulebook, journeys.of(40)).map(Shrinking::of).ifPresent(difference -> fail("seed " + seed + "; the least case is\n" + difference));
        }
    }
}
