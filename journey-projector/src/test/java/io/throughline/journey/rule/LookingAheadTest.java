package io.throughline.journey.rule;

import static io.throughline.journey.rule.Journeys.LONG_AFTER;
import static io.throughline.journey.rule.Journeys.at;
import static io.throughline.journey.rule.Journeys.evaluate;
import static io.throughline.journey.rule.Journeys.evidence;
import static io.throughline.journey.rule.Journeys.only;
import static io.throughline.journey.rule.Journeys.rulebook;
import static io.throughline.journey.rule.Journeys.verdicts;
import static io.throughline.journey.rule.Verdict.PENDING;
import static io.throughline.journey.rule.Verdict.SATISFIED;
import static io.throughline.journey.rule.Verdict.VIOLATED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What looks ahead from each activation, beside `response` itself.
class LookingAheadTest {

    private static final Rulebook ALTERNATE = rulebook(
            "{ id: r, pattern: alternate-response, when: { type: a }, expect: { type: b }, by: [ data.n ], within: PT2H }");
    private static final Rulebook EITHER_SIDE = rulebook("{ id: r, pattern: responded-existence, when: { type: a }, expect: { type: b }, within: PT2H }");
    private static final Rulebook TWICE = rulebook("{ id: r, pattern: existence, when: { type: a }, expect: { type: b }, min: 2, within: PT2H }");
    private static final Rulebook CALL = rulebook("""
            { id: r, pattern: abandonment, when: { type: queued }, expect: { type: answered }, handover: { type: handed-over }, fail: { type: hung-up },
              by: [ data.n ], within: PT30M }""");
    private static final Rulebook NEVER = rulebook("""
            { id: r, pattern: not-succession, when: { type: a }, forbid: { type: b }, by: [ data.n ], within: PT2H,
              until: { type: done, by: [ data.case ] } }""");

    @Test
    void theNextActivationComesTooEarly() {
        var outcome = evaluate(ALTERNATE, LONG_AFTER, at("10:00", "a", "{'n': 1}"), at("10:30", "a", "{'n': 2}"), at("11:00", "a", "{'n': 1}"),
                at("11:30", "b", "{'n': 1}"));
        assertThat(verdicts(outcome)).containsExactly(VIOLATED, VIOLATED, SATISFIED);
        var first = outcome.activations().getFirst();
        assertThat(evidence(first)).containsExactly("a@10:00 activation", "a@11:00 closer");
        assertThat(first.brokenAt()).isEqualTo("2026-05-04T11:00:00Z");
        assertThat(first.metAt()).isNull();
    }

    @Test
    void whatIsOnlyLateMeetsAnAlternateResponseLate() {
        var late = only(evaluate(ALTERNATE, LONG_AFTER, at("10:00", "a", "{'n': 1}"), at("13:00", "b", "{'n': 1}")));
        assertThat(late.metAt()).isEqualTo("2026-05-04T13:00:00Z");
        assertThat(late.brokenAt()).isEqualTo("2026-05-04T12:00:00Z");
    }

    @Test
    void whatCameBeforeWillDoToo() {
        assertThat(evidence(only(evaluate(EITHER_SIDE, LONG_AFTER, at("08:00", "b"), at("10:00", "a")))))
                .containsExactly("b@08:00 precedent", "a@10:00 activation");
        assertThat(verdicts(evaluate(EITHER_SIDE, LONG_AFTER, at("07:59", "b"), at("10:00", "a"), at("12:00", "b")))).containsExactly(SATISFIED);
        assertThat(verdicts(evaluate(EITHER_SIDE, LONG_AFTER, at("07:59", "b"), at("10:00", "a"), at("12:01", "b")))).containsExactly(VIOLATED);
    }

    @Test
    void asManyMustComeAsTheRuleSays() {
        assertThat(verdicts(evaluate(TWICE, LONG_AFTER, at("09:00", "b"), at("10:00", "a"), at("11:00", "b"), at("12:00", "b")))).containsExactly(SATISFIED);
        var late = only(evaluate(TWICE, LONG_AFTER, at("10:00", "a"), at("11:00", "b"), at("12:01", "b")));
        assertThat(evidence(late)).containsExactly("a@10:00 activation", "b@11:00 response", "b@12:01 late-response");
        assertThat(late.metAt()).isEqualTo("2026-05-04T12:01:00Z");
        assertThat(evidence(only(evaluate(TWICE, LONG_AFTER, at("10:00", "a"), at("11:00", "b"))))).containsExactly("a@10:00 activation", "b@11:00 response");
    }

    @Test
    void aHandoverSavesAStartAndAFailureBreaksItForGood() {
        var queued = at("10:00", "queued", "{'n': 1}");
        assertThat(verdicts(evaluate(CALL, LONG_AFTER, queued, at("10:20", "handed-over", "{'n': 1}")))).containsExactly(SATISFIED);
        var failed = only(evaluate(CALL, "2026-05-04T10:10:00Z", queued, at("10:05", "hung-up", "{'n': 1}"), at("10:06", "answered", "{'n': 1}")));
        assertThat(failed.verdict()).isEqualTo(VIOLATED);
        assertThat(failed.metAt()).isNull();
        assertThat(evidence(failed)).containsExactly("queued@10:00 activation", "hung-up@10:05 failure");
        assertThat(verdicts(evaluate(CALL, LONG_AFTER, queued, at("10:05", "hung-up", "{'n': 2}"), at("10:30", "answered", "{'n': 1}"))))
                .containsExactly(SATISFIED);
    }

    @Test
    void everyForbiddenEventInTheWindowIsEvidence() {
        var a = at("10:00", "a", "{'n': 1, 'case': 'x'}");
        var violated = only(evaluate(NEVER, "2026-05-04T11:30:00Z", a, at("10:30", "b", "{'n': 1}"), at("10:40", "b", "{'n': 2}"),
                at("11:00", "b", "{'n': 1}")));
        assertThat(violated.verdict()).isEqualTo(VIOLATED);
        assertThat(evidence(violated)).containsExactly("a@10:00 activation", "b@10:30 forbidden", "b@11:00 forbidden");
        assertThat(violated.brokenAt()).isEqualTo("2026-05-04T10:30:00Z");
    }

    @Test
    void aProhibitionEndsWithItsWindowOrWithWhatClosesItUnderItsOwnKey() {
        var a = at("10:00", "a", "{'n': 1, 'case': 'x'}");
        var b = at("11:00", "b", "{'n': 1}");
        assertThat(verdicts(evaluate(NEVER, "2026-05-04T12:00:00Z", a))).containsExactly(PENDING);
        assertThat(verdicts(evaluate(NEVER, "2026-05-04T12:00:00.000001Z", a))).containsExactly(SATISFIED);
        assertThat(verdicts(evaluate(NEVER, "2026-05-04T11:00:00Z", a, at("10:30", "done", "{'n': 2, 'case': 'x'}"), b))).containsExactly(SATISFIED);
        assertThat(verdicts(evaluate(NEVER, "2026-05-04T11:00:00Z", a, at("10:30", "done", "{'n': 1, 'case': 'y'}"), b))).containsExactly(VIOLATED);
        assertThat(only(evaluate(NEVER, LONG_AFTER, at("10:00", "a", "{'n': 1}"), b)).notes()).containsExactly("this.data.case is missing");
    }

    @Test
    void whatAnswersAndClosesAnswersFirst() {
        var both = rulebook("{ id: r, pattern: response, when: { type: a }, expect: { type: b }, until: { type: [ b, c ] }, within: PT2H }");
        assertThat(verdicts(evaluate(both, LONG_AFTER, at("10:00", "a"), at("11:00", "b")))).containsExactly(SATISFIED);
        var closed = only(evaluate(both, "2026-05-04T11:00:00Z", at("10:00", "a"), at("11:00", "c"), at("11:30", "b")));
        assertThat(closed.verdict()).isEqualTo(VIOLATED);
        assertThat(closed.metAt()).isNull();
        assertThat(closed.deadline().at()).isEqualTo(Instant.parse("2026-05-04T12:00:00Z"));
    }
}
