package io.throughline.journey.rule.naive;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.Outcome;
import io.throughline.journey.rule.Rulebook;
import io.throughline.journey.rule.Seeds;
import io.throughline.journey.rule.Verdict;
import io.throughline.journey.rule.work.Limits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A rule that runs out of its budget says only what it would have said with more, and says what it does not know.
class SettledStandsTest {

    static LongStream seeds() {
        return Seeds.some(Boolean.getBoolean("long") ? 20_000 : 500);
    }

    private record Run(List<Activation> activations, Outcome outcome) {}

    private static Run run(Rulebook rulebook, Case of, Limits limits) {
        var activations = new ArrayList<Activation>();
        var evaluation = rulebook.begin(of.asOf(), Evaluated.watermarks(of), activations::add, limits);
        Evaluated.touchpoints(of).forEach(evaluation::accept);
        var outcome = evaluation.finish();
        activations.sort(Comparator.comparing(Activation::place));
        return new Run(activations, outcome);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverTheBudget(long seed) {
        var chance = new Chance(new Random(seed));
        var rule = new RandomRules(chance, RandomRules.chosen()).rule();
        var rulebook = Evaluated.rulebook(rule);
        var story = new RandomJourneys(chance, rule).of(30);
        var whole = run(rulebook, story, Limits.OF_A_RULE);
        var known = whole.activations().stream().collect(Collectors.toMap(Activation::place, Function.identity()));
        var limits = chance.below(2) == 0 ? Limits.ofWork(chance.below(60))
                : new Limits(Long.MAX_VALUE, 1_000L * (1 + chance.below(20)), Long.MAX_VALUE);
        var cut = run(rulebook, story, limits);

        assertThat(run(rulebook, story, limits)).as("seed %d, once more", seed).isEqualTo(cut);
        assertThat(cut.activations()).extracting(Activation::id).as("seed %d", seed).doesNotHaveDuplicates();
        if (cut.outcome().overruns().isEmpty()) {
            assertThat(cut.activations()).as("seed %d", seed).isEqualTo(whole.activations());
            return;
        }
        for (var activation : cut.activations()) {
            var noted = activation.notes().stream().anyMatch(note -> note.startsWith("budget: "));
            if (!noted) {
                assertThat(activation.contentHash()).as("seed %d, %s of\n%s", seed, activation, CaseText.write(story)).isEqualTo(hash(known, activation));
            } else if (activation.verdict() != Verdict.UNDETERMINED && activation.verdict() != Verdict.PENDING) {
                assertThat(activation.verdict()).as("seed %d, %s of\n%s", seed, activation, CaseText.write(story))
                        .isEqualTo(known.get(activation.place()).verdict());
            }
        }
    }

    private static Object hash(Map<Long, Activation> known, Activation activation) {
        var same = known.get(activation.place());
        return same == null ? "no such activation" : same.contentHash();
    }
}
