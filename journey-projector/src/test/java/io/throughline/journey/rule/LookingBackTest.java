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
import static io.throughline.journey.rule.Verdict.UNDETERMINED;
import static io.throughline.journey.rule.Verdict.VIOLATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.rule.NearestMiss.Failed;
import io.throughline.journey.rule.NearestMiss.Kind;
import org.junit.jupiter.api.Test;

/// What looks back from each activation, and at its neighbours.
class LookingBackTest {

    private static final Rulebook BEFORE = rulebook("{ id: r, pattern: precedence, when: { type: b }, expect: { type: a }, by: [ data.n ], within: PT2H }");
    private static final Rulebook SINCE = rulebook("{ id: r, pattern: alternate-precedence, when: { type: b }, expect: { type: a } }");
    private static final Rulebook NOT_BEFORE = rulebook("{ id: r, pattern: not-precedence, when: { type: b }, forbid: { type: a }, within: PT2H }");
    private static final Rulebook NEXT = rulebook("{ id: r, pattern: chain-response, when: { type: a }, expect: { type: b }, within: PT2H }");
    private static final Rulebook JUST_BEFORE = rulebook("{ id: r, pattern: chain-precedence, when: { type: b }, expect: { type: a } }");
    private static final Rulebook NOT_NEXT = rulebook("{ id: r, pattern: not-chain-succession, when: { type: a }, forbid: { type: b }, among: [ b, \"c*\" ] }");

    @Test
    void whatPrecedesMustBeInTime() {
        var activation = only(evaluate(BEFORE, LONG_AFTER, at("08:00", "a", "{'n': 1}"), at("10:00", "b", "{'n': 1}")));
        assertThat(activation.verdict()).isEqualTo(SATISFIED);
        assertThat(evidence(activation)).containsExactly("a@08:00 precedent", "b@10:00 activation");
        assertThat(activation.deadline().at()).isEqualTo(activation.activationAt());
    }

    @Test
    void theNearestMissOfAPrecedenceMayLieOnEitherSide() {
        var b = at("10:00", "b", "{'n': 1}");
        var early = only(evaluate(BEFORE, LONG_AFTER, at("07:30", "a", "{'n': 1}"), b));
        assertThat(early.verdict()).isEqualTo(VIOLATED);
        assertThat(early.nearestMiss().failed()).containsExactly(new Failed(Kind.TIME, "too late by PT30M"));
        assertThat(only(evaluate(BEFORE, LONG_AFTER, b, at("10:30", "a", "{'n': 1}"))).nearestMiss().failed())
                .containsExactly(new Failed(Kind.ORDER, "after the activation"));
        assertThat(only(evaluate(BEFORE, LONG_AFTER, at("09:00", "a", "{}"), b)).nearestMiss().failed())
                .containsExactly(new Failed(Kind.CORRELATION, "its n is missing"));
    }

    @Test
    void eachActivationNeedsOneOfItsOwn() {
        assertThat(verdicts(evaluate(SINCE, LONG_AFTER, at("08:00", "a"), at("09:00", "b"), at("10:00", "b"), at("11:00", "a"), at("12:00", "b"))))
                .containsExactly(SATISFIED, VIOLATED, SATISFIED);
    }

    @Test
    void everyForbiddenEventInTheWindowBeforeIsEvidence() {
        var activation = only(evaluate(NOT_BEFORE, LONG_AFTER, at("07:59", "a"), at("08:00", "a"), at("09:00", "a"), at("10:00", "b"), at("10:01", "a")));
        assertThat(activation.verdict()).isEqualTo(VIOLATED);
        assertThat(evidence(activation)).containsExactly("a@08:00 forbidden", "a@09:00 forbidden", "b@10:00 activation");
        assertThat(verdicts(evaluate(NOT_BEFORE, LONG_AFTER, at("07:59", "a"), at("10:00", "b")))).containsExactly(SATISFIED);
    }

    @Test
    void theVeryNextEventDecidesAndHeartbeatsAreNone() {
        assertThat(verdicts(evaluate(NEXT, LONG_AFTER, at("10:00", "a"), at("10:30", "source-heartbeat.v1"),
                at("10:40", "identity-linked.v1"), at("11:00", "b"))))
                .containsExactly(SATISFIED);
        var broken = only(evaluate(NEXT, "2026-05-04T11:00:00Z", at("10:00", "a"), at("10:30", "x"), at("11:00", "b")));
        assertThat(broken.verdict()).isEqualTo(VIOLATED);
        assertThat(broken.brokenAt()).isEqualTo("2026-05-04T10:30:00Z");
        assertThat(broken.nearestMiss().failed()).containsExactly(new Failed(Kind.TYPE, "of another type"));
        assertThat(evidence(broken)).containsExactly("a@10:00 activation", "x@10:30 neighbour");
        assertThat(only(evaluate(NEXT, LONG_AFTER, at("10:00", "a"), at("13:00", "b"))).metAt()).isEqualTo("2026-05-04T13:00:00Z");
        assertThat(verdicts(evaluate(NEXT, "2026-05-04T12:00:00Z", at("10:00", "a")))).containsExactly(PENDING);
    }

    @Test
    void theVeryPreviousEventDecides() {
        assertThat(verdicts(evaluate(JUST_BEFORE, LONG_AFTER, at("10:00", "b"), at("11:00", "a"), at("12:00", "b"), at("13:00", "a"),
                at("14:00", "x"), at("15:00", "b"))))
                .containsExactly(VIOLATED, SATISFIED, VIOLATED);
    }

    @Test
    void onlyTheNamedTypesAreNeighbours() {
        assertThat(verdicts(evaluate(NOT_NEXT, LONG_AFTER, at("10:00", "a"), at("10:10", "x"), at("10:20", "a"), at("10:30", "b"))))
                .containsExactly(VIOLATED, VIOLATED);
        assertThat(verdicts(evaluate(NOT_NEXT, LONG_AFTER, at("10:00", "a"), at("10:10", "call"), at("10:30", "b")))).containsExactly(SATISFIED);
        assertThat(verdicts(evaluate(NOT_NEXT, LONG_AFTER, at("10:00", "a"), at("10:10", "x")))).containsExactly(PENDING);
    }

    @Test
    void whatIsMissingOnTheActivationIsToldInEveryPattern() {
        var chain = rulebook("{ id: r, pattern: chain-precedence, when: { type: b }, expect: { type: a }, by: [ data.n ] }");
        for (var rules : new Rulebook[] {BEFORE, chain}) {
            var activation = only(evaluate(rules, LONG_AFTER, at("10:00", "b", "{}")));
            assertThat(activation.verdict()).isEqualTo(UNDETERMINED);
            assertThat(activation.notes()).containsExactly("this.data.n is missing");
            assertThat(activation.deadline().at()).isEqualTo(activation.activationAt());
        }
    }
}
