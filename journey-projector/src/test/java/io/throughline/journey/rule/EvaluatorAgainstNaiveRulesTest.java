package io.throughline.journey.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.NaiveRules.Judgement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Two programs, one meaning. The journeys are short, crowded (few instants, many ties), and lie across the change to summer time.
class EvaluatorAgainstNaiveRulesTest {

    static final Rulebook RULES = Journeys.rulebook(NaiveRules.YAML);
    static final Instant START = Instant.parse("2026-03-28T00:00:00Z");
    static final int HOURS = 72;
    private static final List<String> TYPES = List.of("a", "a", "b", "b", "set", "use", "noise");
    private static final List<String> NUMBERS = List.of("", "'n': null", "'n': 1", "'n': 1.0", "'n': '1'", "'n': 2");
    private static final List<String> VALUES = List.of("", "'v': null", "'v': 1", "'v': 2", "'v': 2.0", "'v': 'x'", "'v': 'X'", "'v': true");
    private static final List<String> DUE = List.of("", "'due': '2026-03-29T08:00:00+01:00'", "'due': '2026-03-29T08:00:00'", "'due': 7", "'due': '2026-03-30T00:00:00Z'");

    static LongStream seeds() {
        return Seeds.some(300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void judgeAlike(long seed) {
        var random = new Random(seed);
        var journey = journey(random);
        var asOf = START.plus(random.nextInt(HOURS + 48), ChronoUnit.HOURS).plus(random.nextInt(2), ChronoUnit.MICROS);

        var outcome = Journeys.evaluate(RULES, asOf, journey);

        assertThat(outcome.activations()).as("seed %d", seed).extracting(EvaluatorAgainstNaiveRulesTest::judgement)
                .containsExactlyElementsOf(new NaiveRules(journey, asOf, NaiveWatermarks.NONE).judge());
    }

    /// What a verdict at one time says about the next change must come true: nothing changes before, and something may then.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void verdictsStandUntilTheNextChange(long seed) {
        var random = new Random(seed);
        var journey = journey(random);
        var asOf = START.plus(random.nextInt(HOURS + 48), ChronoUnit.HOURS);

        var outcome = Journeys.evaluate(RULES, asOf, journey);
        var until = outcome.nextChange() == null ? Instant.parse("9000-01-01T00:00:00Z") : outcome.nextChange().minus(1, ChronoUnit.MICROS);

        assertThat(until).as("seed %d", seed).isAfterOrEqualTo(asOf);
        assertThat(Journeys.evaluate(RULES, until, journey).activations()).as("seed %d", seed).isEqualTo(outcome.activations());
    }

    static Judgement judgement(Activation activation) {
        var missed = activation.nearestMiss();
        return new Judgement(activation.rule().id(), activation.events().getFirst(), activation.verdict(), activation.metAt(),
                missed == null ? null : missed.event(), missed == null ? 0 : missed.failed().size(),
                activation.notes().stream().filter(note -> note.startsWith("silent: ") || note.startsWith("awaited: ")).toList());
    }

    static List<Touchpoint> journey(Random random) {
        var events = new ArrayList<Touchpoint>();
        int size = random.nextInt(24);
        for (int i = 0; i < size; i++) {
            var time = START.plus(random.nextInt(HOURS), ChronoUnit.HOURS).toString();
            var members = List.of(one(NUMBERS, random), one(VALUES, random), one(DUE, random)).stream().filter(member -> !member.isEmpty()).toList();
            events.add(Event.event(time, one(TYPES, random), "{" + String.join(", ", members) + "}").from(random.nextBoolean() ? "/s" : "/t").named("e" + i).touchpoint());
        }
        return events.stream().sorted().toList();
    }

    private static String one(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
