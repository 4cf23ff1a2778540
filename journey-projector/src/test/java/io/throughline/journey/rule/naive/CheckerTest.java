package io.throughline.journey.rule.naive;

import static io.throughline.journey.rule.naive.Told.rule;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The checker against verdicts that were worked out by hand from the words of RULES.md.
class CheckerTest {

    private static final String WHEN_A = "when: {type: a}, expect: {type: b}";
    private static final String NEVER_B = "when: {type: a}, forbid: {type: b}";

    @Test
    void response() {
        var rule = rule("pattern: response, within: PT1H, " + WHEN_A);
        rule.of("a10:00 b11:00").at("12:00").says("a10:00 satisfied");
        rule.of("a10:00 b11:00:00.000001").at("12:00").says("a10:00 violated met 11:00");
        rule.of("a10:00").at("11:00").says("a10:00 pending");
        rule.of("a10:00").at("11:00:00.000001").says("a10:00 violated");
        rule.of("b10:00 a10:01 a10:02 b10:03").at("12:00").says("a10:01 satisfied, a10:02 satisfied");
        rule("pattern: response, " + WHEN_A).of("a10:00").at("12:00").says("a10:00 pending");
    }

    @Test
    void atTheSameInstantTheTotalOrderDecides() {
        var rule = rule("pattern: response, within: PT1H, " + WHEN_A);
        rule.of("a10:00/t b10:00/s").at("12:00").says("a10:00 violated");
        rule.of("a10:00/s b10:00/t").at("12:00").says("a10:00 satisfied");
    }

    @Test
    void byIsEqualNumbersByValueAndPresentUnlessOptional() {
        var rule = rule("pattern: response, within: PT1H, by: [data.k], " + WHEN_A);
        rule.of("a10:00{k: 1} b10:30{k: 1.0}").at("12:00").says("a10:00 satisfied");
        rule.of("a10:00{k: 1} b10:30{k: '1'} b10:31{k: null} b10:32").at("12:00").says("a10:00 violated");
        rule.of("a10:00{k: null} b10:30{k: null}").at("10:15").says("a10:00 undetermined");
        var optional = rule("pattern: response, within: PT1H, by: ['data.k?'], " + WHEN_A);
        optional.of("a10:00 b10:30").at("12:00").says("a10:00 satisfied");
        optional.of("a10:00 b10:30{k: 1}").at("12:00").says("a10:00 violated");
    }

    @Test
    void whatCannotBeEvaluatedDoesNotMatch() {
        var rule = rule("pattern: response, within: PT1H, where: 'other.data.v >= this.data.v', " + WHEN_A);
        rule.of("a10:00{v: 2} b10:10{v: 1} b10:20{v: x} b10:30").at("12:00").says("a10:00 violated");
        rule.of("a10:00{v: 2} b10:10{v: 2.0}").at("12:00").says("a10:00 satisfied");
        rule("pattern: init, expect: {type: a, where: 'has(this.data.v) || this.data.w == 1'}").of("a10:00").at("12:00").says("a10:00 violated");
        rule("pattern: init, expect: {type: a, where: 'this.data.v == 1 || this.data.w == 1'}").of("a10:00{w: 1}").at("12:00").says("a10:00 satisfied");
    }

    @Test
    void untilEndsTheWindowAndIsACandidateFirst() {
        var rule = rule("pattern: response, within: PT2H, until: {type: [c, b]}, " + WHEN_A);
        rule.of("a10:00 c10:30 b10:45").at("11:00").says("a10:00 violated");
        rule.of("a10:00 b10:45").at("11:00").says("a10:00 satisfied");
        var forbidden = rule("pattern: not-succession, within: PT2H, until: {type: c}, " + NEVER_B);
        forbidden.of("a10:00 c10:30 b10:45").at("11:00").says("a10:00 satisfied");
        rule("pattern: response, until: {type: c, by: [data.k]}, " + WHEN_A).of("a10:00{k: 1} c10:10{k: 2} b10:20").at("11:00").says("a10:00 satisfied");
        rule("pattern: response, until: {type: c, by: [data.k]}, " + WHEN_A).of("a10:00 b10:20").at("11:00").says("a10:00 undetermined");
    }

    @Test
    void alternateResponse() {
        var rule = rule("pattern: alternate-response, within: PT1H, by: [data.k], " + WHEN_A);
        rule.of("a10:00{k: 1} a10:10{k: 1} b10:20{k: 1}").at("10:30").says("a10:00 violated, a10:10 satisfied");
        rule.of("a10:00{k: 1} a10:10{k: 2} b10:20{k: 1}").at("10:30").says("a10:00 satisfied, a10:10 pending");
        rule.of("a10:00{k: 1} b11:30{k: 1} a11:40{k: 1}").at("11:50").says("a10:00 violated met 11:30, a11:40 pending");
        rule("pattern: alternate-response, when: {type: a}, expect: {type: a}").of("a10:00 a10:10").at("11:00").says("a10:00 satisfied, a10:10 pending");
    }

    @Test
    void chainResponse() {
        var rule = rule("pattern: chain-response, within: PT1H, " + WHEN_A);
        rule.of("a10:00 b10:30").at("12:00").says("a10:00 satisfied");
        rule.of("a10:00 c10:10 b10:30").at("10:15").says("a10:00 violated");
        rule.of("a10:00 b11:30").at("12:00").says("a10:00 violated met 11:30");
        rule.of("a10:00 identity-linked.v1@10:10 b10:30").at("12:00").says("a10:00 satisfied");
        rule("pattern: chain-response, among: [b], " + WHEN_A).of("a10:00 c10:10 b10:30").at("12:00").says("a10:00 satisfied");
    }

    @Test
    void chainPrecedence() {
        var rule = rule("pattern: chain-precedence, " + WHEN_A);
        rule.of("b10:00 a10:10 a10:20").at("12:00").says("a10:10 satisfied, a10:20 violated");
        rule.of("a10:10").at("12:00").says("a10:10 violated");
    }

    @Test
    void notChainSuccession() {
        var rule = rule("pattern: not-chain-succession, " + NEVER_B);
        rule.of("a10:00 b10:10 a10:20 c10:30 a10:40").at("12:00").says("a10:00 violated, a10:20 satisfied, a10:40 pending");
    }

    @Test
    void precedence() {
        var rule = rule("pattern: precedence, within: PT1H, " + WHEN_A);
        rule.of("b10:00 a11:00").at("12:00").says("a11:00 satisfied");
        rule.of("b10:00 a11:00:00.000001").at("12:00").says("a11:00:00.000001 violated");
        rule("pattern: precedence, " + WHEN_A).of("a09:00 b10:00 a23:00").at("2T00:00").says("a09:00 violated, a23:00 satisfied");
    }

    @Test
    void alternatePrecedence() {
        rule("pattern: alternate-precedence, " + WHEN_A).of("b10:00 a10:10 a10:20 b10:30 a10:40").at("12:00")
                .says("a10:10 satisfied, a10:20 violated, a10:40 satisfied");
        rule("pattern: alternate-precedence, by: [data.k], " + WHEN_A).of("b10:00{k: 1} a10:10{k: 2} a10:20{k: 1}").at("12:00")
                .says("a10:10 violated, a10:20 satisfied");
    }

    @Test
    void respondedExistence() {
        var rule = rule("pattern: responded-existence, within: PT1H, " + WHEN_A);
        rule.of("b09:00 a10:00").at("10:30").says("a10:00 satisfied");
        rule.of("b08:59 a10:00").at("10:30").says("a10:00 pending");
        rule.of("b08:59 a10:00 b11:01").at("12:00").says("a10:00 violated met 11:01");
    }

    @Test
    void notPrecedence() {
        var rule = rule("pattern: not-precedence, within: PT1H, " + NEVER_B);
        rule.of("b10:00 a11:00").at("12:00").says("a11:00 violated");
        rule.of("b10:00 a11:01").at("12:00").says("a11:01 satisfied");
    }

    @Test
    void notSuccession() {
        var rule = rule("pattern: not-succession, within: PT1H, " + NEVER_B);
        rule.of("a10:00 b11:00").at("11:00").says("a10:00 violated");
        rule.of("a10:00 b11:01").at("12:00").says("a10:00 satisfied");
        rule.of("a10:00").at("11:00").says("a10:00 pending");
        rule("pattern: not-succession, " + NEVER_B).of("a10:00").at("9T00:00").says("a10:00 pending");
    }

    @Test
    void coExistence() {
        var rule = rule("pattern: co-existence, within: PT1H, " + WHEN_A);
        rule.of("b10:00 a11:00").at("12:00").says("b10:00 satisfied");
        rule.of("c09:00 b10:00 a11:01").at("12:00").says("b10:00 violated met 11:01");
        rule.of("a10:00").at("11:00").says("a10:00 pending");
        rule.of("c10:00").at("11:00").says("");
    }

    @Test
    void notCoExistence() {
        var rule = rule("pattern: not-co-existence, closes: {type: z}, " + NEVER_B);
        rule.of("b10:00 a12:00").at("12:00").says("b10:00 violated");
        rule.of("b10:00").at("12:00").says("b10:00 pending");
        rule.of("b10:00 z11:00 a12:00").at("12:00").says("b10:00 satisfied");
    }

    @Test
    void existence() {
        var rule = rule("pattern: existence, min: 2, within: PT1H, expect: {type: b}");
        rule.of("c10:00 b10:30 b11:00").at("12:00").says("b10:30 satisfied");
        rule.of("c10:00 b10:30 b11:01").at("12:00").says("b10:30 violated met 11:01");
        rule.of("c10:00").at("12:00").says("c10:00 violated");
        var after = rule("pattern: existence, min: 2, within: PT1H, " + WHEN_A);
        after.of("b09:00 a10:00 b10:30 a10:40 b10:50").at("11:00").says("a10:00 satisfied, a10:40 pending");
    }

    @Test
    void absence() {
        var rule = rule("pattern: absence, max: 1, by: [data.k], closes: {type: z}, forbid: {type: b}");
        rule.of("b10:00{k: 1} b10:10{k: 2} b10:20{k: 1} b10:30").at("12:00").says("b10:00 violated, b10:10 pending");
        rule.of("b10:00{k: 1} z11:00 b11:10{k: 1}").at("12:00").says("b10:00 satisfied");
        rule("pattern: absence, forbid: {type: b}").of("c10:00").at("12:00").says("c10:00 pending");
    }

    @Test
    void exactly() {
        var rule = rule("pattern: exactly, n: 2, within: PT1H, expect: {type: b}");
        rule.of("c10:00 b10:10 b11:00 b11:01").at("10:59").says("b10:10 pending");
        rule.of("c10:00 b10:10 b11:00 b11:01").at("12:00").says("b10:10 satisfied");
        rule.of("c10:00 b10:10 b10:20 b10:30").at("10:30").says("b10:10 violated");
        rule.of("c10:00 b10:10").at("12:00").says("b10:10 violated");
        rule("pattern: exactly, n: 1, idle: PT1H, expect: {type: b}").of("b10:00").at("11:00").says("b10:00 pending");
        rule("pattern: exactly, n: 1, idle: PT1H, expect: {type: b}").of("b10:00").at("11:01").says("b10:00 satisfied");
    }

    @Test
    void init() {
        rule("pattern: init, expect: {type: a}").of("a10:00 b10:10").at("12:00").says("a10:00 satisfied");
        rule("pattern: init, expect: {type: a}").of("b10:00 a10:10").at("12:00").says("b10:00 violated");
    }

    @Test
    void propagation() {
        var rule = "pattern: propagation, fact: {set: {type: s}, value: this.data.v}, when: {type: u}, value: this.data.v";
        rule(rule).of("u09:00{v: x} s10:00{v: x} u11:00{v: 'X '} u11:10{v: y} u11:20").at("12:00")
                .says("u11:00 satisfied, u11:10 violated, u11:20 undetermined");
        rule(rule).of("s10:00 u11:00{v: y}").at("12:00").says("");
        var graced = rule(rule + ", grace: PT1H");
        graced.of("s08:00{v: x} s10:00{v: y} u11:00{v: x}").at("12:00").says("u11:00 satisfied");
        graced.of("s08:00{v: x} s10:00{v: y} u11:01{v: x}").at("12:00").says("u11:01 violated");
        graced.of("s10:00{v: y} u11:00{v: x}").at("12:00").says("u11:00 undetermined");
    }

    @Test
    void contradiction() {
        var rule = rule("pattern: contradiction, when: {type: s}, value: this.data.v, by: [data.k], within: PT1H");
        rule.of("s10:00{k: 1, v: x}/chat s11:00{k: 1, v: y}/crm").at("12:00").says("s10:00 satisfied, s11:00 violated");
        rule.of("s10:00{k: 1, v: x}/chat s11:01{k: 1, v: y}/crm").at("12:00").says("s10:00 satisfied, s11:01 satisfied");
        rule.of("s10:00{k: 1, v: x}/chat s10:10{k: 1, v: y}/chat s10:20{k: 1, v: X}/crm").at("12:00")
                .says("s10:00 satisfied, s10:10 satisfied, s10:20 violated");
        rule.of("s10:00{k: 1}/chat s10:10{v: y}/crm").at("12:00").says("s10:00 undetermined, s10:10 undetermined");
    }

    @Test
    void repetition() {
        var rule = rule("pattern: repetition, count: 3, within: PT1H, when: {type: a}");
        rule.of("a10:00 a10:30 a11:00").at("12:00").says("a11:00 violated");
        rule.of("a10:00 a10:30 a11:01").at("12:00").says("");
        rule.of("a10:00 a10:30 a11:00 a11:20 a13:00 a13:10 a13:20").at("14:00").says("a11:00 violated, a13:20 violated");
    }

    @Test
    void abandonment() {
        var rule = rule("pattern: abandonment, within: PT1H, handover: {type: h}, fail: {type: f}, " + WHEN_A);
        rule.of("a10:00 h10:30").at("12:00").says("a10:00 satisfied");
        rule.of("a10:00 f10:30 b10:40").at("10:50").says("a10:00 violated");
        rule.of("a10:00 b10:20 f10:30").at("10:50").says("a10:00 satisfied");
        rule.of("a10:00 b11:20").at("12:00").says("a10:00 violated met 11:20");
        rule.of("a10:00 f11:20 b11:30").at("12:00").says("a10:00 violated");
    }

    @Test
    void conformance() {
        var rule = rule("pattern: conformance, closes: {type: z}, "
                + "stages: [{name: one, event: {type: a}}, {name: two, event: {type: b}, optional: true}, {name: three, event: {type: c}}]");
        rule.of("a10:00 a10:05 x10:10 c10:20").at("12:00").says("a10:00 satisfied");
        rule.of("a10:00 b10:10").at("12:00").says("a10:00 pending");
        rule.of("a10:00 b10:10 z10:20").at("12:00").says("a10:00 violated");
        rule.of("a10:00 c10:10 b10:20").at("12:00").says("a10:00 violated");
        rule.of("b10:00 c10:10").at("12:00").says("b10:00 violated");
        rule("pattern: conformance, stages: [{name: one, event: {type: a}}, {name: two, event: {type: b}}, {name: three, event: {type: c}, after: [one]}]")
                .of("a10:00 c10:10 b10:20").at("12:00").says("a10:00 violated");
    }

    @Test
    void aJourneyEndsOnceAndNeverShortensADeadline() {
        rule("pattern: response, idle: PT1H, " + WHEN_A).of("a10:00").at("11:00:00.000001").says("a10:00 violated");
        rule("pattern: response, idle: PT1H, " + WHEN_A).of("a10:00 b11:00").at("12:30").says("a10:00 satisfied");
        rule("pattern: response, idle: PT1H, " + WHEN_A).of("a10:00 a11:01 b11:02").at("12:30").says("a10:00 violated");
        rule("pattern: response, closes: {type: b}, " + WHEN_A).of("a10:00 b10:10 a10:20").at("12:30").says("a10:00 satisfied");
        rule("pattern: response, closes: {type: z}, within: PT2H, " + WHEN_A).of("a10:00 z10:10").at("11:00").says("a10:00 pending");
        rule("pattern: not-succession, closes: {type: z}, " + NEVER_B).of("a10:00 z10:10 b10:20").at("11:00").says("a10:00 satisfied");
    }

    @Test
    void deadlines() {
        due("P1D", "2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z"); // 01:30 does not exist that day: on by an hour
        due("P1D", "2026-03-28T12:00:00Z", "2026-03-29T11:00:00Z");
        due("PT24H", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z");
        due("P1D", "2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z"); // 01:30 twice: the offset of the start
        due("P1M", "2026-01-31T12:00:00Z", "2026-02-28T12:00:00Z");
        due("P1MT2H", "2026-03-24T12:00:00Z", "2026-04-24T13:00:00Z");
        due("{ businessDays: 1, calendar: GB-ENG }", "2026-04-02T10:00:00Z", "2026-04-07T22:59:59.999999Z"); // Easter
        due("{ businessDays: 2, calendar: GB-ENG }", "2026-06-05T10:00:00Z", "2026-06-09T22:59:59.999999Z");
        due("{ until: timestamp(this.data.due) }", "2026-06-05T10:00:00Z", "2026-06-06T10:00:00Z");
    }

    private static void due(String within, String start, String expected) {
        var of = CaseText.read("""
                rule: { pattern: response, zone: Europe/London, within: %s, when: { type: a }, expect: { type: b } }
                events:
                - { at: %s, type: a, data: { due: '2026-06-06T12:00:00+02:00' } }
                asOf: 2030-01-01T00:00:00Z
                """.formatted(within, start));
        assertThat(Checker.judge(of).getFirst().deadline()).as(within + " from " + start).hasToString(expected);
    }

    @Test
    void aDueDateWithoutAnOffsetIsUndeterminedAndOneBeforeTheActivationHasPassed() {
        var rule = rule("pattern: response, within: { until: this.data.due }, " + WHEN_A);
        rule.of("a10:00{due: '2026-06-01T12:00:00'} b10:10").at("11:00").says("a10:00 undetermined");
        rule.of("a10:00 b10:10").at("11:00").says("a10:00 undetermined");
        rule.of("a10:00{due: '2026-06-01T09:00:00Z'} b10:10").at("11:00").says("a10:00 violated met 10:10");
    }

    @Test
    void silence() {
        var owed = rule("pattern: response, within: PT1H, " + WHEN_A).of("a10:00");
        owed.heardThrough("11:00").at("11:30").says("a10:00 violated");
        owed.heardThrough("10:59").at("12:00").says("a10:00 pending");
        owed.heardThrough("10:59").at("12:01").says("a10:00 undetermined");
        var forbidden = rule("pattern: not-succession, within: PT1H, " + NEVER_B).of("a10:00");
        forbidden.heardThrough("11:00").at("23:00").says("a10:00 satisfied");
        forbidden.heardThrough("10:59").at("23:00").says("a10:00 pending");
        rule("pattern: precedence, " + WHEN_A).of("a10:00").heardThrough("10:00").at("10:30").says("a10:00 violated");
        rule("pattern: precedence, " + WHEN_A).of("a10:00").heardThrough("09:00").at("10:30").says("a10:00 pending");
        rule("pattern: chain-response, " + WHEN_A).of("a10:00 c10:10").heardThrough("10:09").at("10:30").says("a10:00 pending");
    }
}
