package io.throughline.journey.rule;

import static io.throughline.journey.rule.Journeys.LONG_AFTER;
import static io.throughline.journey.rule.Journeys.rulebook;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.Payload;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.file.RuleFiles;
import io.throughline.journey.rule.work.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// However long a journey, what is settled goes out at once, and what is held is what is open.
class BoundedEvaluationTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /// @param mostHeld bytes, at any time
    /// @param beforeTheEnd how many verdicts came out before the journey ended
    private record Run(Map<Verdict, Integer> verdicts, Outcome outcome, long mostHeld, int beforeTheEnd, int references) {}

    private static Run run(Rulebook rulebook, int events, IntFunction<Event> journey) {
        var verdicts = new EnumMap<Verdict, Integer>(Verdict.class);
        var references = new int[1];
        var evaluation = rulebook.begin(Instant.parse(LONG_AFTER), Watermarks.none(), activation -> {
            verdicts.merge(activation.verdict(), 1, Integer::sum);
            references[0] = Math.max(references[0], activation.evidence().size());
        });
        long most = 0;
        for (int i = 0; i < events; i++) {
            evaluation.accept(journey.apply(i).touchpoint());
            most = Math.max(most, evaluation.held());
        }
        int early = verdicts.values().stream().mapToInt(Integer::intValue).sum();
        return new Run(verdicts, evaluation.finish(), most, early, references[0]);
    }

    private static String second(long seconds) {
        return START.plusSeconds(seconds).toString();
    }

    /// 100,000 violations of each of the patterns that judge at once, or wait for a nearest miss, or for a window to end.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "pattern: precedence, when: { type: a }, expect: { type: b } | VIOLATED",
        "pattern: precedence, when: { type: a }, expect: { type: c, where: this.data.n == 7 } | VIOLATED",
        "pattern: chain-response, when: { type: a }, expect: { type: c } | VIOLATED",
        "pattern: not-succession, when: { type: a }, forbid: { type: a }, within: PT1S | VIOLATED",
        "pattern: alternate-response, when: { type: a }, expect: { type: b } | VIOLATED",
        "pattern: response, when: { type: a }, expect: { type: a }, within: PT1S | SATISFIED"})
    void whatIsSettledGoesOutAndIsNotHeld(String rule, Verdict verdict) {
        var run = run(rulebook("{ id: r, " + rule + " }"), 100_000, i -> Event.event(second(i), "a", "{'n': 1}").named("e" + i));
        assertThat(run.outcome().overruns()).isEmpty();
        assertThat(run.verdicts().get(verdict)).isGreaterThanOrEqualTo(99_999);
        assertThat(run.beforeTheEnd()).isGreaterThan(99_000);
        assertThat(run.mostHeld()).as("bytes").isLessThan(1L << 20);
    }

    /// A deadline that has passed leaves an obligation open, because it can still be met late. Of many that nothing meets, the oldest are told of.
    @Test
    void hundredThousandBrokenPromisesAreAllTold() {
        var run = run(rulebook("{ id: r, pattern: response, when: { type: a }, expect: { type: b }, within: PT1S }"), 100_000,
                i -> Event.event(second(i * 10L), "a").named("e" + i));
        assertThat(run.outcome().overruns()).isEmpty();
        assertThat(run.verdicts()).containsExactly(Map.entry(Verdict.VIOLATED, 100_000));
        assertThat(run.mostHeld()).as("bytes").isLessThan(Limits.OF_A_RULE.bytes());
    }

    /// The input of a publicly reported fault: a million references, if all were kept.
    @Test
    void fifteenHundredQuotesAgainstEachOther() {
        var shipped = RuleFiles.shipped().rule("inconsistent-quote").orElseThrow();
        var run = run(new Rulebook(List.of(shipped)), 1_500, i -> Event.event(second(i), "quote-given.v1",
                "{'leadId': 'l-1', 'product': 'p-1', 'amount': {'amount': '" + i + ".00', 'currency': 'GBP'}, 'channel': 'c" + i + "'}").named("q" + i));
        assertThat(run.outcome().overruns()).isEmpty();
        assertThat(run.verdicts().get(Verdict.VIOLATED)).isEqualTo(1_499);
        assertThat(run.references()).isEqualTo(Pieces.MAX + 1);
        assertThat(run.mostHeld()).as("bytes").isLessThan(4L << 20);
        assertThat(run.beforeTheEnd()).isEqualTo(1_500);
    }

    @Test
    void ofMuchEvidenceTheFirstAreKeptAllAreCountedAndAllAreDigested() {
        var rulebook = rulebook("{ id: r, pattern: not-precedence, when: { type: z }, forbid: { type: a } }");
        var activations = new ArrayList<Activation>();
        for (int last : new int[] {400, 400, 401}) {
            var evaluation = rulebook.begin(Instant.parse(LONG_AFTER), Watermarks.none(), activations::add);
            for (int i = 0; i < 400; i++) {
                evaluation.accept(Event.event(second(i), "a").named("e" + (i == 399 ? last : i)).touchpoint());
            }
            evaluation.accept(Event.event(second(999), "z").touchpoint());
            evaluation.finish();
        }
        assertThat(activations).hasSize(3).allSatisfy(activation -> {
            assertThat(activation.evidence()).hasSize(101);
            assertThat(activation.proof().count()).isEqualTo(401);
            assertThat(activation.evidence().getLast().role()).isEqualTo(Evidence.Role.ACTIVATION);
        });
        assertThat(activations.get(0).contentHash()).isEqualTo(activations.get(1).contentHash());
        assertThat(activations.get(0).evidence()).isEqualTo(activations.get(2).evidence());
        assertThat(activations.get(0).contentHash()).isNotEqualTo(activations.get(2).contentHash());
    }

    /// The digest is the same whether it is made of all pieces at the end or while they come in.
    @Test
    void theDigestDoesNotDependOnHowManyAreKept() {
        var pieces = new Pieces();
        var all = new ArrayList<Evidence>();
        for (int i = 0; i < 300; i++) {
            var event = Event.event(second(i), "a").named("e" + i).touchpoint();
            pieces.add(Evidence.Role.COUNTED, event);
            all.add(Evidence.of(Evidence.Role.COUNTED, event));
        }
        assertThat(pieces.proof().digest()).isEqualTo(Proof.of(all).digest());
    }

    /// A payload that is fetched when asked for is not held by what waits, and asking again has its price.
    @Test
    void longPayloadsAreNotHeld() {
        var rulebook = rulebook("{ id: r, pattern: response, when: { type: a }, expect: { type: b }, where: this.data.n == other.data.n }");
        var evaluation = rulebook.begin(Instant.parse(LONG_AFTER), Watermarks.none(), _ -> {});
        var fetched = new int[1];
        for (int i = 0; i < 1_000; i++) {
            var touchpoint = Event.event(second(i), i % 2 == 0 ? "a" : "b", null).named("e" + i).touchpoint();
            var n = i;
            evaluation.accept(with(touchpoint, Payload.lazy(250 * 1024, () -> {
                fetched[0]++;
                return "{\"n\": " + n + "}";
            })));
            assertThat(evaluation.held()).isLessThan(2_000L * (i + 20));
        }
        var outcome = evaluation.finish();
        assertThat(fetched[0]).isPositive();
        assertThat(outcome.overruns()).extracting(Overrun::rule).containsExactly("r");
    }

    private static Touchpoint with(Touchpoint event, Payload payload) {
        return new Touchpoint(event.token(), event.namespace(), event.key(), event.attributes(), event.order(), event.contentHash(), event.recordedAt(),
                event.position(), payload);
    }

    @Test
    void whatIsOpenBeyondTheBytesEndsTheRuleButNotTheOthers() {
        var two = rulebook("""
                [{ id: r, pattern: response, when: { type: a }, expect: { type: b } },
                 { id: s, pattern: precedence, when: { type: a }, expect: { type: b } }]""");
        var run = run(two, 60_000, i -> Event.event(second(i), "a").named("e" + i));
        assertThat(run.outcome().overruns()).extracting(Overrun::rule).containsExactly("r");
        assertThat(run.outcome().overruns().getFirst().reason()).contains("bytes");
        assertThat(run.verdicts().get(Verdict.VIOLATED)).isEqualTo(60_000);
        assertThat(run.verdicts().get(Verdict.UNDETERMINED)).isGreaterThan(5_000);
        assertThat(run.mostHeld()).isLessThan(Limits.OF_A_RULE.bytes() + (1 << 20));
    }
}
