package io.throughline.journey.rule;

import static io.throughline.journey.rule.Event.event;
import static io.throughline.journey.rule.Journeys.LONG_AFTER;
import static io.throughline.journey.rule.Journeys.evaluate;
import static io.throughline.journey.rule.Journeys.rulebook;
import static io.throughline.journey.rule.Journeys.verdicts;
import static io.throughline.journey.rule.Verdict.PENDING;
import static io.throughline.journey.rule.Verdict.SATISFIED;
import static io.throughline.journey.rule.Verdict.UNDETERMINED;
import static io.throughline.journey.rule.Verdict.VIOLATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.rule.Evidence.Role;
import io.throughline.journey.rule.NearestMiss.Failed;
import io.throughline.journey.rule.NearestMiss.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class ResponseTest {

    private static final Rulebook WITHIN_A_DAY = rulebook("""
            id: answered
            pattern: response
            when: { type: asked }
            expect: { type: answered }
            by: [ data.n ]
            within: PT24H
            """);
    private static final Event ASKED = event("2026-05-04T10:00:00Z", "asked", "{'n': 1}");
    private static final Event AT_THE_DEADLINE = event("2026-05-05T10:00:00Z", "answered", "{'n': 1}");
    private static final Event TOO_LATE = event("2026-05-05T13:00:00Z", "answered", "{'n': 1}");

    private static Activation only(SmallEvaluation.Result outcome) {
        assertThat(outcome.activations()).hasSize(1);
        return outcome.activations().getFirst();
    }

    @Test
    void anAnswerAtTheDeadlineIsInTime() {
        var activation = only(evaluate(WITHIN_A_DAY, LONG_AFTER, ASKED, AT_THE_DEADLINE));
        assertThat(activation.verdict()).isEqualTo(SATISFIED);
        assertThat(activation.evidence()).extracting(Evidence::event, Evidence::role)
                .containsExactly(tuple(ASKED, Role.ACTIVATION), tuple(AT_THE_DEADLINE, Role.RESPONSE));
        assertThat(activation.nearestMiss()).isNull();
        assertThat(activation.metAt()).isNull();
    }

    private static Tuple tuple(Event event, Role role) {
        return Assertions.tuple(event.ref(), role);
    }

    @Test
    void withoutAnAnswerItIsPendingThroughTheDeadlineAndViolatedAfterIt() {
        var pending = evaluate(WITHIN_A_DAY, "2026-05-05T10:00:00Z", ASKED);
        assertThat(verdicts(pending)).containsExactly(PENDING);
        assertThat(pending.nextChange()).isEqualTo("2026-05-05T10:00:00.000001Z");

        var violated = evaluate(WITHIN_A_DAY, "2026-05-05T10:00:00.000001Z", ASKED);
        assertThat(verdicts(violated)).containsExactly(VIOLATED);
        assertThat(violated.nextChange()).isNull();
        assertThat(only(violated).deadline()).extracting(Deadline::at, Deadline::computed)
                .containsExactly(Instant.parse("2026-05-05T10:00:00Z"), "PT24H from 2026-05-04T10:00:00Z");
    }

    @Test
    void aLateAnswerLeavesItViolatedAndSaysWhenItWasMet() {
        var activation = only(evaluate(WITHIN_A_DAY, LONG_AFTER, ASKED, TOO_LATE));
        assertThat(activation.verdict()).isEqualTo(VIOLATED);
        assertThat(activation.metAt()).isEqualTo(TOO_LATE.time());
        assertThat(activation.lateBy()).isEqualTo(Duration.ofHours(3));
        assertThat(activation.evidence()).extracting(Evidence::event, Evidence::role)
                .containsExactly(tuple(ASKED, Role.ACTIVATION), tuple(TOO_LATE, Role.LATE_RESPONSE));
        assertThat(activation.nearestMiss().failed()).containsExactly(new Failed(Kind.TIME, "too late by PT3H"));
    }

    @Test
    void anAnswerLaterThanTheEvaluationTimeDoesNotExistYet() {
        var outcome = evaluate(WITHIN_A_DAY, "2026-05-04T12:00:00Z", ASKED, event("2026-05-04T13:00:00Z", "answered", "{'n': 1}"));
        assertThat(verdicts(outcome)).containsExactly(PENDING);
        assertThat(outcome.nextChange()).isEqualTo("2026-05-04T13:00:00Z");
    }

    @Test
    void oneAnswerMayMeetManyObligations() {
        var again = event("2026-05-04T11:00:00Z", "asked", "{'n': 1}");
        assertThat(verdicts(evaluate(WITHIN_A_DAY, LONG_AFTER, ASKED, again, AT_THE_DEADLINE))).containsExactly(SATISFIED, SATISFIED);
    }

    @Test
    void whatCameBeforeIsNoAnswer() {
        var activation = only(evaluate(WITHIN_A_DAY, LONG_AFTER, event("2026-05-04T09:59:59Z", "answered", "{'n': 1}"), ASKED));
        assertThat(activation.verdict()).isEqualTo(VIOLATED);
        assertThat(activation.nearestMiss().failed()).containsExactly(new Failed(Kind.ORDER, "before the activation"));
    }

    @Test
    void atTheSameInstantTheTotalOrderDecidesAndIsNamed() {
        var after = event(ASKED.time(), "answered", "{'n': 1}").from("/zzz");
        var before = event(ASKED.time(), "answered", "{'n': 1}").from("/aaa");

        assertThat(only(evaluate(WITHIN_A_DAY, LONG_AFTER, ASKED, after)).notes()).containsExactly("same instant; order by source");
        var missed = only(evaluate(WITHIN_A_DAY, LONG_AFTER, before, ASKED));
        assertThat(missed.verdict()).isEqualTo(VIOLATED);
        assertThat(missed.nearestMiss().failed()).containsExactly(new Failed(Kind.ORDER, "before the activation: same instant; order by source"));
    }

    @Test
    void anEventIsNeverItsOwnAnswer() {
        var chain = rulebook("{ id: again, pattern: response, when: { type: ping }, expect: { type: ping }, within: PT1H }");
        assertThat(verdicts(evaluate(chain, LONG_AFTER, event("2026-05-04T10:00:00Z", "ping"), event("2026-05-04T11:00:00Z", "ping"))))
                .containsExactly(SATISFIED, VIOLATED);
    }

    @Test
    void correlationComparesNumbersByValueAndTextToTheLetter() {
        assertThat(verdicts(evaluate(WITHIN_A_DAY, LONG_AFTER, ASKED, event("2026-05-04T11:00:00Z", "answered", "{'n': 1.0}")))).containsExactly(SATISFIED);
        assertThat(verdicts(evaluate(WITHIN_A_DAY, LONG_AFTER, ASKED, event("2026-05-04T11:00:00Z", "answered", "{'n': '1'}")))).containsExactly(VIOLATED);
    }

    @Test
    void aFieldMissingOnTheActivationMakesItUndetermined() {
        var activation = only(evaluate(WITHIN_A_DAY, LONG_AFTER, event("2026-05-04T10:00:00Z", "asked", "{'n': null}"), AT_THE_DEADLINE));
        assertThat(activation.verdict()).isEqualTo(UNDETERMINED);
        assertThat(activation.notes()).containsExactly("this.data.n is missing");
    }

    @Test
    void aFieldMissingOnTheCandidateIsNoMatchAndIsNamed() {
        var missed = only(evaluate(WITHIN_A_DAY, LONG_AFTER, ASKED, event("2026-05-04T11:00:00Z", "answered", "{}")));
        assertThat(missed.verdict()).isEqualTo(VIOLATED);
        assertThat(missed.nearestMiss().failed()).containsExactly(new Failed(Kind.CORRELATION, "its n is missing"));
    }

    @Test
    void anOptionalPathIsEqualOrMissingOnBoth() {
        var optional = rulebook("{ id: r, pattern: response, when: { type: a }, expect: { type: b }, by: [ \"data.n?\" ], within: PT1H }");
        var without = event("2026-05-04T10:00:00Z", "a");
        var with = event("2026-05-04T10:00:00Z", "a", "{'n': 1}");
        assertThat(verdicts(evaluate(optional, LONG_AFTER, without, event("2026-05-04T10:30:00Z", "b")))).containsExactly(SATISFIED);
        assertThat(verdicts(evaluate(optional, LONG_AFTER, with, event("2026-05-04T10:30:00Z", "b")))).containsExactly(VIOLATED);
        assertThat(verdicts(evaluate(optional, LONG_AFTER, without, event("2026-05-04T10:30:00Z", "b", "{'n': 1}")))).containsExactly(VIOLATED);
    }

    @Test
    void aConditionOverBothThatCannotBeEvaluatedDoesNotMatchAndNamesTheField() {
        var versions = rulebook("""
                { id: r, pattern: response, when: { type: a }, expect: { type: b }, where: other.data.v >= this.data.v, within: PT1H }""");
        var a = event("2026-05-04T10:00:00Z", "a", "{'v': 2}");
        assertThat(verdicts(evaluate(versions, LONG_AFTER, a, event("2026-05-04T10:30:00Z", "b", "{'v': 2.5}")))).containsExactly(SATISFIED);

        var unknown = only(evaluate(versions, LONG_AFTER, a, event("2026-05-04T10:30:00Z", "b", "{}")));
        assertThat(unknown.verdict()).isEqualTo(VIOLATED);
        assertThat(unknown.nearestMiss().failed()).containsExactly(new Failed(Kind.CONDITION, "its v is missing"));

        var lower = only(evaluate(versions, LONG_AFTER, a, event("2026-05-04T10:30:00Z", "b", "{'v': 1}")));
        assertThat(lower.nearestMiss().failed()).containsExactly(new Failed(Kind.CONDITION, "its v is less than the activation's"));
    }

    @Test
    void aSelectorThatCannotBeEvaluatedSelectsNothing() {
        var kinds = rulebook("""
                { id: r, pattern: response, when: { type: a, where: "this.data.k == 'x'" }, expect: { type: b, where: this.data.ok }, within: PT1H }""");
        assertThat(evaluate(kinds, LONG_AFTER, event("2026-05-04T10:00:00Z", "a", "{}")).activations()).isEmpty();
        assertThat(verdicts(evaluate(kinds, LONG_AFTER, event("2026-05-04T10:00:00Z", "a", "{'k': 'x'}"), event("2026-05-04T10:10:00Z", "b", "{}"))))
                .containsExactly(VIOLATED);
    }

    @Test
    void selectorsLookAtFamiliesSourcesAndChannels() {
        var selective = rulebook("""
                { id: r, pattern: response, when: { type: [ "card-*", "x" ], source: /s, channel: web }, expect: { type: done, source: /s }, within: PT1H }""");
        var dispatched = event("2026-05-04T10:00:00Z", "card-dispatched.v1").from("/s").on("web");
        assertThat(verdicts(evaluate(selective, LONG_AFTER, dispatched, event("2026-05-04T10:30:00Z", "done").from("/s")))).containsExactly(SATISFIED);
        assertThat(evaluate(selective, LONG_AFTER, dispatched.on("app"), dispatched.from("/t").named("2"),
                event("2026-05-04T10:00:00Z", "car").from("/s").on("web")).activations()).isEmpty();

        var missed = only(evaluate(selective, LONG_AFTER, dispatched, event("2026-05-04T10:30:00Z", "done").from("/t")));
        assertThat(missed.nearestMiss().failed()).containsExactly(new Failed(Kind.SOURCE, "not from /s"));
    }

    @Test
    void withoutADeadlineItIsPendingForEver() {
        var patient = rulebook("{ id: r, pattern: response, when: { type: a }, expect: { type: b } }");
        var outcome = evaluate(patient, LONG_AFTER, event("2026-05-04T10:00:00Z", "a"));
        assertThat(verdicts(outcome)).containsExactly(PENDING);
        assertThat(outcome.nextChange()).isNull();
    }

    @Test
    void aDeadlineFromTheDataNeedsAnOffset() {
        var due = rulebook("{ id: r, pattern: response, when: { type: a }, expect: { type: b }, within: { until: timestamp(this.data.due) } }");
        var kept = event("2026-05-04T16:00:00Z", "b");
        assertThat(verdicts(evaluate(due, LONG_AFTER, event("2026-05-04T10:00:00Z", "a", "{'due': '2026-05-04T18:00:00+02:00'}"), kept)))
                .containsExactly(SATISFIED);
        assertThat(verdicts(evaluate(due, LONG_AFTER, event("2026-05-04T10:00:00Z", "a", "{'due': '2026-05-04T17:59:59+02:00'}"), kept)))
                .containsExactly(VIOLATED);

        var local = only(evaluate(due, LONG_AFTER, event("2026-05-04T10:00:00Z", "a", "{'due': '2026-05-04T18:00:00'}"), kept));
        assertThat(local.verdict()).isEqualTo(UNDETERMINED);
        assertThat(local.notes()).containsExactly("this.data.due is not a time with an offset");
        assertThat(only(evaluate(due, LONG_AFTER, event("2026-05-04T10:00:00Z", "a"), kept)).notes()).containsExactly("this.data.due is missing");
    }

    @Test
    void aDueDateBeforeTheActivationHasPassed() {
        var due = rulebook("{ id: r, pattern: response, when: { type: a }, expect: { type: b }, within: { until: timestamp(this.data.due) } }");
        var a = event("2026-05-04T10:00:00Z", "a", "{'due': '2026-05-04T09:00:00Z'}");
        assertThat(verdicts(evaluate(due, "2026-05-04T10:00:00Z", a))).containsExactly(VIOLATED);
        assertThat(only(evaluate(due, LONG_AFTER, a, event("2026-05-04T10:30:00Z", "b"))).lateBy()).isEqualTo(Duration.ofMinutes(90));
    }

    @Test
    void theNearestMissFailedFewestConditionsThenCameClosestInTime() {
        var versions = rulebook("""
                { id: r, pattern: response, when: { type: a }, expect: { type: b, source: /s },
                  by: [ data.n ], where: other.data.v >= this.data.v, within: PT1H }""");
        var a = event("2026-05-04T10:00:00Z", "a", "{'n': 1, 'v': 2}");
        var twoFailed = event("2026-05-04T10:01:00Z", "b", "{'n': 2, 'v': 1}").from("/s");
        var oneFailed = event("2026-05-04T10:30:00Z", "b", "{'n': 1, 'v': 1}").from("/s");
        var oneFailedLater = event("2026-05-04T10:40:00Z", "b", "{'n': 2, 'v': 2}").from("/s");
        var missed = only(evaluate(versions, LONG_AFTER, a, twoFailed, oneFailed, oneFailedLater)).nearestMiss();
        assertThat(missed.event()).isEqualTo(oneFailed.ref());
        assertThat(missed.failed()).extracting(Failed::condition).containsExactly(Kind.CONDITION);
    }

    @Test
    void activationsComeInTheOrderOfTheJourneyWhateverTheirVerdicts() {
        var first = event("2026-05-04T10:00:00Z", "asked", "{'n': 1}");
        var second = event("2026-05-04T10:00:01Z", "asked", "{}");
        var third = event("2026-05-04T10:00:02Z", "asked", "{'n': 3}");
        var outcome = evaluate(WITHIN_A_DAY, "2026-05-04T12:00:00Z", third, first, second, event("2026-05-04T11:00:00Z", "answered", "{'n': 3}"));
        assertThat(verdicts(outcome)).isEqualTo(List.of(PENDING, UNDETERMINED, SATISFIED));
    }
}
