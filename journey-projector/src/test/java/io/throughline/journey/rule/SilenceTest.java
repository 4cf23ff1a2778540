package io.throughline.journey.rule;

import static io.throughline.journey.rule.Event.event;
import static io.throughline.journey.rule.Feeds.feeds;
import static io.throughline.journey.rule.Journeys.rulebook;
import static io.throughline.journey.rule.Journeys.verdicts;
import static io.throughline.journey.rule.Verdict.PENDING;
import static io.throughline.journey.rule.Verdict.SATISFIED;
import static io.throughline.journey.rule.Verdict.UNDETERMINED;
import static io.throughline.journey.rule.Verdict.VIOLATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.rule.Evidence.Role;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// "It did not happen" and "we have not been told" are two things.
class SilenceTest {

    private static final Rulebook FROM_THE_DESK = rulebook("""
            { id: answered, pattern: response, when: { type: asked }, expect: { type: answered, source: /desk }, by: [ data.n ], within: PT24H }""");
    private static final Rulebook FROM_ANYONE = rulebook("""
            { id: answered, pattern: response, when: { type: asked }, expect: { type: answered }, by: [ data.n ], within: PT24H }""");
    private static final Event ASKED = event("2026-05-04T10:00:00Z", "asked", "{'n': 1}");
    private static final String DEADLINE = "2026-05-05T10:00:00Z";
    private static final String JUST_AFTER = "2026-05-05T10:00:00.000001Z";
    private static final Feeds DELAYED = feeds().source("/desk", null, "PT2H");
    private static final Feeds BEATING = feeds().source("/desk", "PT1H", "PT2H");

    private static SmallEvaluation.Result evaluate(Rulebook rulebook, String time, Feeds feeds, Event... events) {
        return Journeys.evaluate(rulebook, Instant.parse(time), feeds.at(time), Arrays.stream(events).map(Event::touchpoint).toList());
    }

    private static Activation only(SmallEvaluation.Result outcome) {
        assertThat(outcome.activations()).hasSize(1);
        return outcome.activations().getFirst();
    }

    @Test
    void aSourceWithoutHeartbeatIsHeardOnceItsDelayHasPassed() {
        var pending = evaluate(FROM_THE_DESK, JUST_AFTER, DELAYED, ASKED);
        assertThat(only(pending).verdict()).isEqualTo(PENDING);
        assertThat(only(pending).notes()).containsExactly("awaited: /desk");
        assertThat(pending.nextChange()).isEqualTo("2026-05-05T12:00:00Z");
        assertThat(pending.awaited()).isEmpty();

        assertThat(verdicts(evaluate(FROM_THE_DESK, "2026-05-05T11:59:59.999999Z", DELAYED, ASKED))).containsExactly(PENDING);
        assertThat(verdicts(evaluate(FROM_THE_DESK, "2026-05-05T12:00:00Z", DELAYED, ASKED))).containsExactly(VIOLATED);
    }

    @Test
    void withoutDelayTheDeadlineAloneDecides() {
        var prompt = feeds().source("/desk", null, "PT0S");
        assertThat(evaluate(FROM_THE_DESK, DEADLINE, prompt, ASKED).nextChange()).isEqualTo(JUST_AFTER);
        assertThat(verdicts(evaluate(FROM_THE_DESK, JUST_AFTER, prompt, ASKED))).containsExactly(VIOLATED);
    }

    @Test
    void aSourceWithHeartbeatIsHeardThroughTheDeadlineOnceItWasHeardLongEnoughAfterIt() {
        var heard = BEATING.heard("/desk", "2026-05-05T12:00:00Z");
        var almost = BEATING.heard("/desk", "2026-05-05T11:59:59.999999Z");
        assertThat(verdicts(evaluate(FROM_THE_DESK, "2026-05-05T12:00:00Z", heard, ASKED))).containsExactly(VIOLATED);
        assertThat(verdicts(evaluate(FROM_THE_DESK, "2026-05-05T12:00:00Z", almost, ASKED))).containsExactly(PENDING);
    }

    @Test
    void aSilentSourceLeavesItPendingForDelayAndHeartbeatAndThenUndetermined() {
        var silent = BEATING.heard("/desk", "2026-05-05T09:00:00Z");
        var pending = evaluate(FROM_THE_DESK, "2026-05-05T13:00:00Z", silent, ASKED);
        assertThat(only(pending).verdict()).isEqualTo(PENDING);
        assertThat(only(pending).notes()).containsExactly("awaited: /desk");
        assertThat(pending.nextChange()).isEqualTo("2026-05-05T13:00:00.000001Z");
        assertThat(pending.awaited()).isEqualTo(Map.of("/desk", Instant.parse(DEADLINE)));

        var undetermined = evaluate(FROM_THE_DESK, "2026-05-05T13:00:00.000001Z", silent, ASKED);
        assertThat(only(undetermined).verdict()).isEqualTo(UNDETERMINED);
        assertThat(only(undetermined).notes()).containsExactly("silent: /desk");
        assertThat(undetermined.nextChange()).isNull();
        assertThat(undetermined.awaited()).isEqualTo(Map.of("/desk", Instant.parse(DEADLINE)));
    }

    @Test
    void aSourceThatWasNeverHeardIsSilent() {
        assertThat(verdicts(evaluate(FROM_THE_DESK, "2026-05-05T13:00:00.000001Z", BEATING, ASKED))).containsExactly(UNDETERMINED);
    }

    @Test
    void aSourceIsHeardNoFurtherThanItsEventsOccurredAndWereRecorded() {
        var late = BEATING.heard("/desk", "2026-05-05T08:00:00Z", "2026-05-05T14:00:00Z");
        var ahead = BEATING.heard("/desk", "2026-05-05T14:00:00Z", "2026-05-05T08:00:00Z");
        var unknownYet = BEATING.heard("/desk", "2026-05-05T12:00:00Z", "2026-05-05T14:00:00.000001Z");
        assertThat(verdicts(evaluate(FROM_THE_DESK, "2026-05-05T14:00:00Z", late, ASKED))).containsExactly(UNDETERMINED);
        assertThat(verdicts(evaluate(FROM_THE_DESK, "2026-05-05T14:00:00Z", ahead, ASKED))).containsExactly(UNDETERMINED);
        assertThat(verdicts(evaluate(FROM_THE_DESK, "2026-05-05T14:00:00Z", unknownYet, ASKED))).containsExactly(UNDETERMINED);
    }

    @Test
    void whenTheSourceComesBackTheVerdictIsWhatItSays() {
        var back = BEATING.heard("/desk", "2026-05-06T10:00:00Z");
        var inTime = event("2026-05-05T09:00:00Z", "answered", "{'n': 1}").from("/desk").recorded("2026-05-06T10:00:00Z");
        assertThat(verdicts(evaluate(FROM_THE_DESK, "2026-05-06T10:00:00Z", back, ASKED, inTime))).containsExactly(SATISFIED);
        assertThat(verdicts(evaluate(FROM_THE_DESK, "2026-05-06T10:00:00Z", back, ASKED))).containsExactly(VIOLATED);
    }

    @Test
    void anAnswerInTimeSettlesItWhoeverIsSilent() {
        var outcome = evaluate(FROM_THE_DESK, "2026-05-20T00:00:00Z", BEATING, ASKED, event(DEADLINE, "answered", "{'n': 1}").from("/desk"));
        assertThat(verdicts(outcome)).containsExactly(SATISFIED);
        assertThat(outcome.awaited()).isEmpty();
    }

    /// One in time may still be on its way.
    @Test
    void aLateAnswerIsHeldAgainstNobodyBeforeTheSourceIsHeardThroughTheDeadline() {
        var late = event("2026-05-05T11:00:00Z", "answered", "{'n': 1}").from("/desk");
        var pending = only(evaluate(FROM_THE_DESK, "2026-05-05T11:59:59Z", DELAYED, ASKED, late));
        assertThat(pending.verdict()).isEqualTo(PENDING);
        assertThat(pending.metAt()).isNull();
        assertThat(pending.nearestMiss()).isNull();
        assertThat(pending.evidence()).extracting(Evidence::role).containsExactly(Role.ACTIVATION, Role.LATE_RESPONSE);

        var violated = only(evaluate(FROM_THE_DESK, "2026-05-05T12:00:00Z", DELAYED, ASKED, late));
        assertThat(violated.verdict()).isEqualTo(VIOLATED);
        assertThat(violated.metAt()).isEqualTo(late.time());
    }

    @Test
    void aSourceThatIsNotRegisteredCountsAsHeard() {
        var others = feeds().source("/elsewhere", "PT1H", "PT2H", "answered");
        assertThat(verdicts(evaluate(FROM_THE_DESK, JUST_AFTER, others, ASKED))).containsExactly(VIOLATED);
        assertThat(verdicts(evaluate(FROM_ANYONE, JUST_AFTER, BEATING, ASKED))).containsExactly(VIOLATED);
    }

    @Test
    void whereNoSourceIsNamedAllThatRegisteredTheTypeMustBeHeard() {
        var two = feeds().source("/a", "PT1H", "PT0S", "answered").source("/b", null, "PT2H", "x", "answered").source("/c", "PT1H", "PT0S", "asked");
        var aIsHeard = two.heard("/a", DEADLINE);
        assertThat(only(evaluate(FROM_ANYONE, JUST_AFTER, two, ASKED)).notes()).containsExactly("awaited: /a", "awaited: /b");
        assertThat(only(evaluate(FROM_ANYONE, JUST_AFTER, aIsHeard, ASKED)).notes()).containsExactly("awaited: /b");
        assertThat(verdicts(evaluate(FROM_ANYONE, "2026-05-05T12:00:00Z", aIsHeard, ASKED))).containsExactly(VIOLATED);
    }

    @Test
    void oneSilentSourceIsEnoughNotToKnowAndASecondIsToldWhenItIsSilentToo() {
        var two = feeds().source("/a", "PT1H", "PT0S", "answered").source("/b", "PT1H", "PT2H", "answered");
        var one = evaluate(FROM_ANYONE, "2026-05-05T11:00:00.000001Z", two, ASKED);
        assertThat(only(one).verdict()).isEqualTo(UNDETERMINED);
        assertThat(only(one).notes()).containsExactly("silent: /a");
        assertThat(one.nextChange()).isEqualTo("2026-05-05T13:00:00.000001Z");

        var both = evaluate(FROM_ANYONE, "2026-05-05T13:00:00.000001Z", two, ASKED);
        assertThat(only(both).notes()).containsExactly("silent: /a", "silent: /b");
        assertThat(only(both).contentHash()).isNotEqualTo(only(one).contentHash());
    }

    @Test
    void familiesAreRegisteredAndAwaitedLikeTypes() {
        var family = rulebook("{ id: r, pattern: response, when: { type: asked }, expect: { type: [ \"answer-*\", x ] }, within: PT24H }");
        for (var registered : new String[] {"answer-given", "answer-*", "ans*", "answer-given.*", "x", "*"}) {
            assertThat(verdicts(evaluate(family, JUST_AFTER, feeds().source("/a", "PT1H", "PT0S", registered), ASKED))).as(registered).containsExactly(PENDING);
        }
        for (var registered : new String[] {"answer", "answers*", "y", "x.y", "x.*"}) {
            assertThat(verdicts(evaluate(family, JUST_AFTER, feeds().source("/a", "PT1H", "PT0S", registered), ASKED))).as(registered)
                    .containsExactly(VIOLATED);
        }
    }

    @Test
    void ofEachSourceTheEarliestMomentIsAwaited() {
        var again = event("2026-05-04T11:00:00Z", "asked", "{'n': 2}");
        var outcome = evaluate(FROM_THE_DESK, "2026-05-05T11:30:00Z", BEATING, ASKED, again);
        assertThat(verdicts(outcome)).containsExactly(PENDING, PENDING);
        assertThat(outcome.awaited()).isEqualTo(Map.of("/desk", Instant.parse(DEADLINE)));
        assertThat(outcome.nextChange()).isEqualTo("2026-05-05T13:00:00.000001Z");
    }

    @Test
    void whatIsMissingOnTheActivationNoSourceCanMend() {
        var outcome = evaluate(FROM_THE_DESK, JUST_AFTER, BEATING, event("2026-05-04T10:00:00Z", "asked", "{}"));
        assertThat(only(outcome).notes()).containsExactly("this.data.n is missing");
        assertThat(outcome.awaited()).isEmpty();
    }

    @Test
    void thePastIsJudgedByWhatIsHeardNow() {
        var heard = BEATING.heard("/desk", "2026-05-06T10:00:00Z");
        var asOf = Instant.parse(JUST_AFTER);
        var events = List.of(ASKED.touchpoint());
        assertThat(verdicts(Journeys.evaluate(FROM_THE_DESK, asOf, heard.at("2026-05-06T10:00:00Z"), events))).containsExactly(VIOLATED);
        assertThat(verdicts(Journeys.evaluate(FROM_THE_DESK, asOf, heard.at("2026-05-06T09:00:00Z"), events))).containsExactly(UNDETERMINED);
    }

    @Test
    void aWrongValueIsHeldBackUntilSettingsAreHeardThroughTheUse() {
        var fact = rulebook("{ id: fact, pattern: propagation, fact: { set: { type: set }, value: this.data.v }, when: { type: use }, value: this.data.v }");
        var set = event("2026-05-01T00:00:00Z", "set", "{'v': 1}").recorded("2026-05-04T10:30:00Z");
        var use = event("2026-05-04T10:00:00Z", "use", "{'v': 2}");
        var setters = feeds().source("/profile", "PT1H", "PT2H", "set");

        var pending = evaluate(fact, "2026-05-04T13:00:00Z", setters, set, use);
        assertThat(only(pending).verdict()).isEqualTo(PENDING);
        assertThat(only(pending).notes()).containsExactly("late-data", "awaited: /profile");
        assertThat(pending.nextChange()).isEqualTo("2026-05-04T13:00:00.000001Z");
        assertThat(pending.awaited()).isEqualTo(Map.of("/profile", Instant.parse(use.time())));

        assertThat(only(evaluate(fact, "2026-05-04T13:00:00.000001Z", setters, set, use)).notes()).containsExactly("late-data", "silent: /profile");
        assertThat(verdicts(evaluate(fact, "2026-05-04T12:00:00Z", setters.heard("/profile", "2026-05-04T12:00:00Z"), set, use))).containsExactly(VIOLATED);
        assertThat(verdicts(evaluate(fact, use.time(), setters, set, event(use.time(), "use", "{'v': 1}")))).containsExactly(SATISFIED);
    }
}
