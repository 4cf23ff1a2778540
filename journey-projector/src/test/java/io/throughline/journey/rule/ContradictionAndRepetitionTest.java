package io.throughline.journey.rule;

import static io.throughline.journey.rule.Journeys.LONG_AFTER;
import static io.throughline.journey.rule.Journeys.at;
import static io.throughline.journey.rule.Journeys.evaluate;
import static io.throughline.journey.rule.Journeys.evidence;
import static io.throughline.journey.rule.Journeys.only;
import static io.throughline.journey.rule.Journeys.rulebook;
import static io.throughline.journey.rule.Journeys.verdicts;
import static io.throughline.journey.rule.Verdict.SATISFIED;
import static io.throughline.journey.rule.Verdict.UNDETERMINED;
import static io.throughline.journey.rule.Verdict.VIOLATED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Statements that contradict each other, and what piles up.
class ContradictionAndRepetitionTest {

    private static final Rulebook ANSWERS = rulebook("""
            { id: r, pattern: contradiction, when: { type: said }, value: this.data.v, by: [ data.topic, "data.case?" ], within: PT2H }""");
    private static final Rulebook QUOTES = rulebook("""
            { id: r, pattern: contradiction, when: { type: quote }, value: this.data.amount, across: this.data.channel, by: [ data.product ] }""");
    private static final Rulebook THREE = rulebook("{ id: r, pattern: repetition, when: { type: call }, by: [ data.topic ], count: 3, within: PT2H }");

    private static Event said(String time, String source, String value) {
        return at(time, "said", "{'topic': 't', 'v': '" + value + "'}").from(source);
    }

    @Test
    void whatAnotherSaidShortlyBeforeContradicts() {
        var outcome = evaluate(ANSWERS, LONG_AFTER, said("10:00", "/chat", "Yes"), said("11:00", "/phone", " YES "), said("11:30", "/phone", "no"),
                said("12:00", "/chat", "no"));
        assertThat(verdicts(outcome)).containsExactly(SATISFIED, SATISFIED, VIOLATED, VIOLATED);
        assertThat(evidence(outcome.activations().get(2))).containsExactly("said@10:00 statement", "said@11:30 activation");
        assertThat(evidence(outcome.activations().get(3))).containsExactly("said@11:00 statement", "said@12:00 activation");
    }

    @Test
    void whatOneSaidOneMayTakeBackAndWhatIsLongAgoIsForgotten() {
        assertThat(verdicts(evaluate(ANSWERS, LONG_AFTER, said("10:00", "/chat", "yes"), said("11:00", "/chat", "no")))).containsExactly(SATISFIED, SATISFIED);
        assertThat(verdicts(evaluate(ANSWERS, LONG_AFTER, said("10:00", "/chat", "yes"), said("12:01", "/phone", "no")))).containsExactly(SATISFIED, SATISFIED);
        assertThat(verdicts(evaluate(ANSWERS, LONG_AFTER, said("10:00", "/chat", "yes"),
                at("11:00", "said", "{'topic': 't', 'case': 1, 'v': 'no'}").from("/phone"))))
                .containsExactly(SATISFIED, SATISFIED);
    }

    @Test
    void acrossSaysWhatCountsAsElsewhere() {
        var web = at("10:00", "quote", "{'product': 'p', 'channel': 'web', 'amount': {'amount': '10.0', 'currency': 'EUR'}}");
        var shop = at("11:00", "quote", "{'product': 'p', 'channel': 'shop', 'amount': {'amount': '10.00', 'currency': 'EUR'}}");
        var dearer = at("12:00", "quote", "{'product': 'p', 'channel': 'shop', 'amount': {'amount': '12.00', 'currency': 'EUR'}}");
        assertThat(verdicts(evaluate(QUOTES, LONG_AFTER, web, shop, dearer))).containsExactly(SATISFIED, SATISFIED, VIOLATED);
        assertThat(only(evaluate(QUOTES, LONG_AFTER, at("10:00", "quote", "{'product': 'p', 'amount': 1}"))).notes())
                .containsExactly("this.data.channel is missing");
        assertThat(verdicts(evaluate(QUOTES, LONG_AFTER, at("10:00", "quote", "{'product': 'p', 'channel': 'web'}")))).containsExactly(UNDETERMINED);
    }

    private static Event call(String time) {
        return at(time, "call", "{'topic': 't'}");
    }

    @Test
    void laterHotEventsExtendTheRun() {
        var run = only(evaluate(THREE, LONG_AFTER, call("10:00"), call("11:00"), call("12:00"), call("12:30"), at("12:40", "call", "{}")));
        assertThat(run.events()).containsExactly(call("12:00").ref());
        assertThat(evidence(run)).containsExactly("call@10:00 counted", "call@11:00 counted", "call@12:00 counted", "call@12:30 counted");
        assertThat(run.brokenAt()).isEqualTo("2026-05-04T12:00:00Z");
    }

    @Test
    void aLukewarmEventEndsTheRun() {
        var outcome = evaluate(THREE, LONG_AFTER, call("08:00"), call("08:10"), call("08:20"), call("10:15"), call("10:20"), call("10:21"));
        assertThat(outcome.activations()).extracting(activation -> activation.events().getFirst()).containsExactly(call("08:20").ref(), call("10:20").ref());
        assertThat(evaluate(THREE, LONG_AFTER, call("10:00"), call("11:00"), call("12:01")).activations()).isEmpty();
    }
}
