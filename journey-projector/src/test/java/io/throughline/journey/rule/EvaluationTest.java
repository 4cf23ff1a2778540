package io.throughline.journey.rule;

import static io.throughline.journey.rule.Event.event;
import static io.throughline.journey.rule.Journeys.LONG_AFTER;
import static io.throughline.journey.rule.Journeys.evaluate;
import static io.throughline.journey.rule.Journeys.rulebook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.throughline.journey.Payload;
import io.throughline.journey.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final Rulebook PROMISES = rulebook("""
            - id: kept
              title: Kept
              severity: high
              zone: Europe/London
              pattern: response
              when: { type: promise }
              expect: { type: kept }
              by: [ data.n ]
              within: P1D
              explain: "Promise {this.data.n} of {this.time:date}, {this.time:time}, was due {deadline} and met {other.time} ({this.data.fee}, {this.data.list})."
            - { id: thanked, pattern: response, when: { type: kept }, expect: { type: "thank*" }, within: PT1H }
            """);
    private static final Event PROMISE = event("2026-03-28T18:12:00Z", "promise", "{'n': 7, 'fee': {'amount': '12.50', 'currency': 'GBP'}, 'list': [1]}");
    private static final Event KEPT_LATE = event("2026-03-29T20:00:00+01:00", "kept", "{'n': 7}");

    @Test
    void eventsAreAcceptedOnceAndInOrder() {
        var evaluation = PROMISES.beginSmall(Instant.parse(LONG_AFTER), Watermarks.none());
        evaluation.accept(PROMISE.touchpoint());
        assertThatIllegalArgumentException().isThrownBy(() -> evaluation.accept(PROMISE.touchpoint())).withMessageContaining(PROMISE.ref().toString());
        assertThatIllegalArgumentException().isThrownBy(() -> evaluation.accept(event("2026-03-28T18:11:59Z", "noise").touchpoint()));
    }

    @Test
    void verdictsComeInTheOrderOfTheRulebook() {
        var outcome = evaluate(PROMISES, LONG_AFTER, event("2026-01-01T00:00:00Z", "kept"), PROMISE);
        assertThat(outcome.activations()).extracting(activation -> activation.rule().id()).containsExactly("kept", "thanked");
    }

    @Test
    void theNextChangeIsTheEarliestOfAllDeadlinesAndOfWhatIsYetToOccur() {
        assertThat(evaluate(PROMISES, "2026-03-29T18:00:00Z", PROMISE, event("2026-03-29T17:30:00Z", "kept", "{'n': 8}")).nextChange())
                .isEqualTo("2026-03-29T18:30:00.000001Z");
        assertThat(evaluate(PROMISES, "2026-03-28T18:12:00Z", PROMISE).nextChange()).isEqualTo("2026-03-29T17:12:00.000001Z");
        assertThat(evaluate(PROMISES, "2026-03-28T18:12:00Z", PROMISE, event("2026-03-28T18:12:00.000001Z", "noise")).nextChange())
                .isEqualTo("2026-03-28T18:12:00.000001Z");
        assertThat(evaluate(PROMISES, "2026-03-28T18:11:59Z", PROMISE).activations()).isEmpty();
    }

    @Test
    void theIdOfAFindingIsTheHashOfRuleAndActivation() {
        var activation = evaluate(PROMISES, LONG_AFTER, PROMISE.named("p-1").from("/crm")).activations().getFirst();
        // printf 'kept\0/crm\0p-1' | sha256sum
        assertThat(activation.id()).hasToString("803429f6822ebcb6eb5d5e026c8e1e5f").isEqualTo(FindingId.parse(activation.id().toString()));
    }

    @Test
    void theContentHashTellsChangesApart() {
        var open = evaluate(PROMISES, LONG_AFTER, PROMISE).activations().getFirst();
        var met = evaluate(PROMISES, LONG_AFTER, PROMISE, KEPT_LATE).activations().getFirst();
        var again = evaluate(PROMISES, "2026-04-01T00:00:00Z", PROMISE, KEPT_LATE).activations().getFirst();
        assertThat(open.contentHash()).isNotEqualTo(met.contentHash());
        assertThat(met.contentHash()).isEqualTo(again.contentHash());
        assertThat(met.id()).isEqualTo(open.id());
    }

    @Test
    void anExplanationIsRenderedFromParametersInTheZoneThatIsAskedFor() {
        var activation = evaluate(PROMISES, LONG_AFTER, PROMISE, KEPT_LATE).activations().getFirst();
        assertThat(activation.parameters()).isEqualTo(Map.of("this.data.n", "7", "this.time", "2026-03-28T18:12:00Z", "deadline", "2026-03-29T17:12:00Z",
                "other.time", "2026-03-29T19:00:00Z", "this.data.fee", "12.50 GBP"));
        assertThat(activation.rule().explain(activation.parameters(), activation.notes(), activation.activationAt(), ZoneOffset.UTC))
                .startsWith("Promise 7 of 28 March 2026, 18:12, was due 29 March 2026, 17:12 ");
        assertThat(activation.rule().explain(activation.parameters(), activation.notes(), activation.activationAt(), activation.rule().zone()))
                .isEqualTo("Promise 7 of 28 March 2026, 18:12, was due 29 March 2026, 18:12 and met 29 March 2026, 20:00 (12.50 GBP, (unknown)).");
        assertThat(activation.lateBy()).isEqualTo(Duration.ofMinutes(108));
    }

    @Test
    void hostileTextInAParameterIsOnlyText() {
        var rule = PROMISES.rule("kept").orElseThrow();
        assertThat(rule.explain(Map.of("this.data.n", "$1 \\ {deadline}"), List.of(), Instant.EPOCH, rule.zone())).startsWith("Promise $1 \\ {deadline} of (unknown)");
    }

    @Test
    void aRulebookSaysHowManyOfItsConditionsArePlain() {
        var rules = rulebook("""
                { id: r, pattern: not-chain-succession, when: { type: a, where: this.data.n == 1 }, forbid: { type: b, where: "this.data.s.startsWith('x')" },
                  where: other.data.n > this.data.n }""");
        assertThat(rules.conditions()).isEqualTo(new Rulebook.ConditionCount(3, 2));
    }

    @Test
    void anEventThatNoRuleNamesIsNeverParsed() {
        var evaluation = PROMISES.beginSmall(Instant.parse(LONG_AFTER), Watermarks.none());
        var noise = event("2026-01-01T00:00:00Z", "noise").touchpoint();
        evaluation.accept(new Touchpoint(noise.token(), noise.namespace(), noise.key(), noise.attributes(), noise.order(), noise.contentHash(),
                noise.recordedAt(), noise.position(), Payload.ofText("not JSON")));
        assertThat(evaluation.finish().activations()).isEmpty();
    }
}
