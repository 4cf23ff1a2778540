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
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is said of a whole journey, or of each key in it.
class WholeJourneyTest {

    private static final Rulebook SOME = rulebook("{ id: r, pattern: existence, expect: { type: b }, min: 2, within: PT2H }");
    private static final Rulebook NONE = rulebook("{ id: r, pattern: absence, forbid: { type: b }, by: [ data.n ], max: 1, closes: { type: end } }");
    private static final Rulebook TWO = rulebook("{ id: r, pattern: exactly, expect: { type: b }, n: 2, idle: PT2H }");
    private static final Rulebook BOTH = rulebook("{ id: r, pattern: co-existence, when: { type: a }, expect: { type: b }, within: PT2H }");
    private static final Rulebook NOT_BOTH = rulebook("{ id: r, pattern: not-co-existence, when: { type: a }, forbid: { type: b }, closes: { type: end } }");
    private static final Rulebook FIRST = rulebook("{ id: r, pattern: init, expect: { type: a, source: /s } }");

    @Test
    void existenceCountsFromTheFirstEventOfTheJourneyAndIsNamedByWhatItCounts() {
        var before = only(evaluate(SOME, "2026-05-04T10:00:00Z", at("10:00", "x")));
        assertThat(before.verdict()).isEqualTo(PENDING);
        assertThat(before.deadline().at()).isEqualTo("2026-05-04T12:00:00Z");
        var late = only(evaluate(SOME, LONG_AFTER, at("10:00", "x"), at("11:00", "b"), at("12:30", "b")));
        assertThat(late.verdict()).isEqualTo(VIOLATED);
        assertThat(late.metAt()).isEqualTo("2026-05-04T12:30:00Z");
        assertThat(late.events()).containsExactly(at("11:00", "b").ref());
        assertThat(late.id()).isNotEqualTo(before.id());
        assertThat(late.slot()).isPresent().isEqualTo(before.slot());
    }

    @Test
    void theNearestMissOfACountIsOfTheTypeAndFailsTheRest() {
        var fromShop = rulebook("{ id: r, pattern: existence, expect: { type: b, source: /shop }, within: PT2H }");
        var missed = only(evaluate(fromShop, LONG_AFTER, at("10:00", "x"), at("10:30", "b"))).nearestMiss();
        assertThat(missed.event()).isEqualTo(at("10:30", "b").ref());
        assertThat(missed.failed()).containsExactly(new Failed(Kind.SOURCE, "not from /shop"));
    }

    @Test
    void eachKeyIsCountedForItself() {
        var outcome = evaluate(NONE, LONG_AFTER, at("10:00", "b", "{'n': 1}"), at("10:10", "b", "{'n': 2}"), at("10:20", "b", "{}"),
                at("10:30", "b", "{'n': 1}"), at("11:00", "end"), at("12:00", "b", "{'n': 2}"));
        assertThat(verdicts(outcome)).containsExactly(VIOLATED, SATISFIED);
        var broken = outcome.activations().getFirst();
        assertThat(broken.brokenAt()).isEqualTo("2026-05-04T10:30:00Z");
        assertThat(evidence(broken)).containsExactly("b@10:00 counted", "b@10:30 counted");
        assertThat(broken.slot()).isNotEqualTo(outcome.activations().getLast().slot());
    }

    @Test
    void aPauseEndsAJourneyAndNothingAfterItCounts() {
        assertThat(verdicts(evaluate(TWO, "2026-05-04T13:00:00Z", at("10:00", "b"), at("11:00", "b")))).containsExactly(PENDING);
        assertThat(verdicts(evaluate(TWO, "2026-05-04T13:00:00.000001Z", at("10:00", "b"), at("11:00", "b")))).containsExactly(SATISFIED);
        assertThat(verdicts(evaluate(TWO, LONG_AFTER, at("10:00", "b"), at("12:00", "x"), at("14:00", "b")))).containsExactly(SATISFIED);
        var broken = only(evaluate(TWO, LONG_AFTER, at("10:00", "b"), at("12:01", "x"), at("12:02", "b")));
        assertThat(broken.verdict()).isEqualTo(VIOLATED);
        assertThat(broken.brokenAt()).isEqualTo("2026-05-04T12:00:00Z");
        assertThat(evaluate(TWO, "2026-05-04T11:00:00Z", at("10:00", "b")).nextChange()).isEqualTo("2026-05-04T12:00:00.000001Z");
        assertThat(evaluate(TWO, "2026-05-04T12:00:00Z", at("10:00", "b")).nextChange()).isEqualTo("2026-05-04T12:00:00.000001Z");
        assertThat(evaluate(TWO, "2026-05-04T12:00:00.000001Z", at("10:00", "b")).nextChange()).isNull();
    }

    @Test
    void theEndOfAJourneyClosesWhatHasNoDeadlineAndShortensNone() {
        var open = rulebook("{ id: r, pattern: response, when: { type: a }, expect: { type: b }, closes: { type: end } }");
        var due = rulebook("{ id: r, pattern: response, when: { type: a }, expect: { type: b }, within: PT3H, closes: { type: end } }");
        var ended = new Event[] {at("10:00", "a"), at("11:00", "end"), at("12:00", "b")};
        assertThat(only(evaluate(open, "2026-05-04T11:00:00Z", ended)).brokenAt()).isEqualTo("2026-05-04T11:00:00Z");
        assertThat(verdicts(evaluate(due, "2026-05-04T13:00:00Z", ended))).containsExactly(PENDING);
        assertThat(only(evaluate(due, LONG_AFTER, ended)).metAt()).isNull();
    }

    @Test
    void eitherAsksForTheOther() {
        assertThat(evaluate(BOTH, LONG_AFTER, at("10:00", "x")).activations()).isEmpty();
        assertThat(verdicts(evaluate(BOTH, LONG_AFTER, at("10:00", "b"), at("12:00", "a")))).containsExactly(SATISFIED);
        var late = only(evaluate(BOTH, LONG_AFTER, at("10:00", "a"), at("12:01", "b")));
        assertThat(late.verdict()).isEqualTo(VIOLATED);
        assertThat(late.metAt()).isEqualTo("2026-05-04T12:01:00Z");
        assertThat(evidence(late)).containsExactly("a@10:00 activation", "b@12:01 late-response");
    }

    @Test
    void eitherForbidsTheOther() {
        assertThat(verdicts(evaluate(NOT_BOTH, LONG_AFTER, at("10:00", "a"), at("11:00", "a")))).containsExactly(PENDING);
        assertThat(verdicts(evaluate(NOT_BOTH, LONG_AFTER, at("10:00", "a"), at("11:00", "end"), at("12:00", "b")))).containsExactly(SATISFIED);
        assertThat(evidence(only(evaluate(NOT_BOTH, LONG_AFTER, at("10:00", "b"), at("11:00", "a")))))
                .containsExactly("b@10:00 activation", "a@11:00 forbidden");
    }

    @Test
    void aJourneyBeginsAsItShould() {
        assertThat(verdicts(evaluate(FIRST, LONG_AFTER, at("10:00", "a").from("/s"), at("11:00", "x")))).containsExactly(SATISFIED);
        var broken = only(evaluate(FIRST, LONG_AFTER, at("10:00", "a").from("/t"), at("11:00", "a").from("/s")));
        assertThat(broken.verdict()).isEqualTo(VIOLATED);
        assertThat(broken.deadline().at()).isEqualTo("2026-05-04T10:00:00Z");
    }

    private static final Rulebook DESIGN = rulebook("""
            id: r
            pattern: conformance
            closes: { type: end }
            stages:
              - { name: apply, event: { type: applied } }
              - { name: check, event: { type: checked }, optional: true }
              - { name: decide, event: { type: decided } }
              - { name: complain, event: { type: complained }, optional: true, after: [ decide ] }
            """);

    @Test
    void stagesComeInAPermittedOrder() {
        assertThat(verdicts(evaluate(DESIGN, LONG_AFTER, at("10:00", "applied")))).containsExactly(PENDING);
        assertThat(verdicts(evaluate(DESIGN, LONG_AFTER, at("10:00", "applied"), at("10:10", "applied"), at("11:00", "decided"),
                at("12:00", "complained")))).containsExactly(SATISFIED);
        var back = only(evaluate(DESIGN, LONG_AFTER, at("10:00", "applied"), at("11:00", "decided"), at("12:00", "checked")));
        assertThat(back.verdict()).isEqualTo(VIOLATED);
        assertThat(back.notes()).containsExactly("deviation: check after decide");
        assertThat(evidence(back)).containsExactly("applied@10:00 stage", "decided@11:00 stage", "checked@12:00 forbidden");
    }

    @Test
    void aMandatoryStageIsMissedWhenTheJourneyIsOver() {
        assertThat(only(evaluate(DESIGN, LONG_AFTER, at("10:00", "applied"), at("12:00", "end"))).notes()).containsExactly("deviation: decide is missing");
        assertThat(only(evaluate(DESIGN, LONG_AFTER, at("10:00", "decided"))).notes()).containsExactly("deviation: decide at the beginning");
        assertThat(verdicts(evaluate(DESIGN, LONG_AFTER, at("10:00", "x"), at("12:00", "end")))).isEmpty();
    }

    @Test
    void whatIsForbiddenIsNotAllegedAndNotDeniedWhileItsSourceIsSilent() {
        var silent = Feeds.feeds().source("/s", "PT1H", "PT0S", "b");
        var ended = Stream.of(at("10:00", "x"), at("11:00", "end")).map(Event::touchpoint).toList();
        var none = rulebook("{ id: r, pattern: absence, forbid: { type: b }, closes: { type: end } }");
        var pending = only(evaluate(none, Instant.parse("2026-05-05T00:00:00Z"), silent.at("2026-05-05T00:00:00Z"), ended));
        assertThat(pending.verdict()).isEqualTo(PENDING).isNotEqualTo(UNDETERMINED);
        assertThat(pending.notes()).containsExactly("silent: /s");
        var heard = silent.heard("/s", "2026-05-04T11:00:00Z").at("2026-05-05T00:00:00Z");
        assertThat(only(evaluate(none, Instant.parse("2026-05-05T00:00:00Z"), heard, ended)).verdict()).isEqualTo(SATISFIED);
    }
}
