package io.throughline.journey.rule.naive;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.Explainer;
import io.throughline.journey.rule.Seeds;
import io.throughline.journey.rule.Why;
import io.throughline.journey.rule.WhyText;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random rules of all patterns over random journeys: what is explained is what was judged, whatever the page.
class ExplainedAsJudgedTest {

    static LongStream seeds() {
        return Seeds.some(500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theVerdictsExplainedAreTheEvaluators(long seed) {
        var chance = new Chance(new Random(seed));
        var rule = new RandomRules(chance, RandomRules.chosen()).rule();
        var rulebook = Evaluated.rulebook(rule);
        for (int i = 0; i < 10; i++) {
            var journey = new RandomJourneys(chance, rule).of(40);
            var judged = Evaluated.outcome(rulebook, journey).activations();
            int page = 1 + chance.below(5);
            int from = chance.below(judged.size() + 1);
            var why = Explainer.explain(rulebook.rules().getFirst(), journey.asOf(), Evaluated.watermarks(journey),
                    each -> Evaluated.touchpoints(journey).forEach(each), from, page);
            assertThat(why.activations().stream().map(Why.Shown::activation).map(Activation::contentHash))
                    .as("seed %d", seed)
                    .isEqualTo(judged.stream().skip(from).limit(page).map(Activation::contentHash).toList());
            assertThat(why.total()).isEqualTo(judged.size());
            assertThat(why.total() == 0 ? why.notes() : WhyText.of(why, ZoneOffset.UTC)).as("seed %d", seed).isNotEmpty();
        }
    }
}
