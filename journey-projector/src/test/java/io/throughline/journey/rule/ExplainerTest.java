package io.throughline.journey.rule;

import static io.throughline.journey.rule.Journeys.LONG_AFTER;
import static io.throughline.journey.rule.Journeys.at;
import static io.throughline.journey.rule.Journeys.rulebook;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each pattern says of the events that could have mattered, and of why it did not apply.
class ExplainerTest {

    /// Each pattern over one journey: `a` at 10:00 with n=1, then some `b`. What is expected is the nearest miss of the first activation.
    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            response            | when: {type: a}, expect: {type: b}, by: [data.n], within: PT2H             | a10:00 b13:00/2 b15:00 | b@15:00 time too late by PT3H
            response            | when: {type: a}, expect: {type: b, source: /crm}, within: PT2H            | a10:00 b11:00          | b@11:00 source not from /crm
            response            | when: {type: a}, expect: {type: b, channel: web}, within: PT2H            | a10:00 b11:00          | b@11:00 channel not on channel web
            response            | when: {type: a}, expect: {type: b}, where: other.data.n > 5, within: PT2H | a10:00 b11:00          | b@11:00 condition its n is not more than 5
            response            | when: {type: a}, expect: {type: b}, within: PT2H                          | b09:00 a10:00          | b@09:00 order before the activation
            alternate-response  | when: {type: a}, expect: {type: b}, by: [data.n]                          | a10:00 a11:00 b12:00   | b@12:00 order the matter was settled before it came
            chain-response      | when: {type: a}, expect: {type: b}                                        | a10:00 c10:30 b11:00   | c@10:30 type of another type
            responded-existence | when: {type: a}, expect: {type: b}, within: PT2H                          | b07:00 a10:00          | b@07:00 time too late by PT1H
            existence           | when: {type: a}, expect: {type: b}, min: 2, within: PT2H                  | a10:00 b11:00 b13:00   | b@13:00 time too late by PT1H
            existence           | expect: {type: b, source: /crm}, within: PT2H                             | a10:00 b11:00          | b@11:00 source not from /crm
            absence             | forbid: {type: b}, max: 1, by: [data.n], closes: {type: c}                | b10:00 b11:00/2        | b@11:00 correlation its n differs
            exactly             | expect: {type: b}, n: 2, within: PT2H                                     | b10:00 b13:00          | b@13:00 time too late by PT1H
            abandonment         | when: {type: a}, expect: {type: b}, handover: {type: c}, within: PT30M    | a10:00 c11:00          | c@11:00 time too late by PT30M
            not-succession      | when: {type: a}, forbid: {type: b}, by: [data.n]                          | a10:00 b11:00/2        | b@11:00 correlation its n differs
            precedence          | when: {type: a}, expect: {type: b}, within: PT2H                          | b07:00 a10:00          | b@07:00 time too late by PT1H
            alternate-precedence| when: {type: a}, expect: {type: b}                                        | a10:00 b11:00          | b@11:00 order after the activation
            chain-precedence    | when: {type: a}, expect: {type: b}                                        | b08:00 c09:00 a10:00   | c@09:00 type of another type
            co-existence        | when: {type: a}, expect: {type: b}, by: [data.n], within: PT2H            | b10:00 a13:00          | a@13:00 time too late by PT1H
            not-co-existence    | when: {type: a}, forbid: {type: b}, where: this.data.n < other.data.n     | b10:00 a13:00          | a@13:00 condition its n is not less than the activation's
            init                | expect: {type: b}                                                         | a10:00 b11:00          | a@10:00 type of another type
            propagation         | when: {type: a}, value: this.data.n, fact: {set: {type: b}, value: this.data.n} | b08:00 b09:00/2 a10:00 | b@08:00 time replaced at 2026-05-04T09:00:00Z, used too late by PT1H
            contradiction       | when: {type: b}, value: this.data.n, within: PT2H                         | b08:00/2 b10:00 b13:00 | -
            repetition          | when: {type: a}, count: 2, within: PT1H                                   | a08:00 a10:00 a10:30   | a@08:00 time outside the window of this run
            conformance         | stages: [{name: s, event: {type: a}}, {name: t, event: {type: b, source: /crm}}] | a10:00 b11:00   | b@11:00 source not from /crm
            """)
    void theNearestMissOfEveryPattern(String pattern, String members, String journey, String nearest) {
        var rule = rulebook("{ id: r, pattern: " + pattern.strip() + ", " + members + " }");
        var shown = explain(rule, LONG_AFTER, events(journey)).activations().getFirst();
        var miss = shown.nearestMiss();
        assertThat(miss == null ? "-" : text(miss)).isEqualTo(nearest);
    }

    @Test
    void everyCandidateIsToldWithAllThatItFailed() {
        var rule = rulebook("{ id: r, pattern: response, when: {type: a}, expect: {type: b, source: /crm}, by: [data.n], within: PT2H }");
        var shown = explain(rule, LONG_AFTER, events("a10:00 b09:00 b15:00/2 c11:00")).activations().getFirst();
        assertThat(shown.compared()).isEqualTo(2);
        assertThat(shown.candidates()).extracting(ExplainerTest::text).containsExactly(
                "b@09:00 source not from /crm, order before the activation",
                "b@15:00 source not from /crm, correlation its n differs, time too late by PT3H");
    }

    @Test
    void whereOnlyTheTotalOrderDecidesItSaysSo() {
        var rule = rulebook("{ id: r, pattern: response, when: {type: a}, expect: {type: b}, within: PT2H }");
        var a = at("10:00", "a").from("/x");
        assertThat(explain(rule, LONG_AFTER, List.of(a, at("10:00", "b").from("/w"))).activations().getFirst().candidates()).extracting(ExplainerTest::text)
                .containsExactly("b@10:00 order before the activation: same instant; order by source");
        assertThat(WhyText.of(explain(rule, LONG_AFTER, List.of(a, at("10:00", "b").from("/y"))), UTC).getLast())
                .endsWith("Only the order of the journey decided: same instant; order by source.");
    }

    @Test
    void aVerdictThatWaitsNamesWhomItWaitsFor() {
        var rule = rulebook("{ id: r, pattern: response, when: {type: a}, expect: {type: b}, within: PT2H }");
        var time = Instant.parse("2026-05-04T12:30:00Z");
        var crm = new SourceState("/crm", List.of("b"), Duration.ofHours(1), Duration.ZERO, Instant.parse("2026-05-04T11:30:00Z"));
        var why = Explainer.explain(only(rule), time, new Watermarks(time, List.of(crm)), journey(events("a10:00")), 0, 10);
        assertThat(why.activations().getFirst().awaited()).containsExactly(
                new Why.Awaited("/crm", Instant.parse("2026-05-04T12:00:00Z"), Instant.parse("2026-05-04T11:30:00Z")));
        assertThat(WhyText.of(why, UTC).getLast()).contains("pending.",
                "It waits for /crm, which must be heard through 4 May 2026, 12:00 and is heard through 4 May 2026, 11:30.",
                "/crm may still speak.");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            pattern: response, when: {type: a}, expect: {type: b}                | c10:00        | no event is of a type that `when` looks for: a
            pattern: response, when: {type: a, source: /crm}, expect: {type: b}  | a10:00 a11:00 | of 2 events of a type that `when` looks for, none met its source: not from /crm
            pattern: response, when: {type: a, where: this.data.n == 3}, expect: {type: b} | a10:00 | of 1 event of a type that `when` looks for, none met its condition: its n is not 3
            pattern: absence, forbid: {type: a}, by: [data.k]                    | a10:00        | of 1 event of a type that `forbid` looks for, none met its correlation: its k is missing
            pattern: repetition, when: {type: a}, count: 3, within: PT1H         | a10:00 a10:10 | 2 events met `when`, but there were never 3 of them within PT1H
            pattern: response, when: {type: a}, expect: {type: b}, closes: {type: c} | c09:00 a10:00 | 1 event met `when`, but the journey was over by then for this rule
            """)
    void whereNothingActivatesItSaysWhichPartNoEventMet(String members, String journey, String reason) {
        var why = explain(rulebook("{ id: r, " + members + " }"), LONG_AFTER, events(journey));
        assertThat(why.total()).isZero();
        assertThat(why.notes()).containsExactly(reason);
        assertThat(WhyText.of(why, UTC).getLast()).endsWith("The rule did not apply: " + reason + ".");
    }

    @Test
    void whatOnlyCelSaysStandsInALineOfItsOwn() {
        var rule = rulebook("{ id: r, pattern: response, when: {type: a}, expect: {type: b, where: size(this.data.tags) > 2}, within: PT2H }");
        var shown = explain(rule, LONG_AFTER, List.of(at("10:00", "a"), at("11:00", "b", "{'tags': []}")));
        assertThat(shown.activations().getFirst().nearestMiss().failed()).containsExactly(
                new NearestMiss.Failed(NearestMiss.Kind.CONDITION, "it does not meet the condition", "size(this.data.tags) > 2"));
        var text = WhyText.of(shown, UTC);
        assertThat(text.get(text.size() - 2)).endsWith("but: it does not meet the condition.");
        assertThat(text).last().isEqualTo("The condition, in CEL: size(this.data.tags) > 2");

        var none = rulebook("{ id: r, pattern: response, when: {type: a, where: size(this.data.tags) > 2}, expect: {type: b} }");
        assertThat(WhyText.of(explain(none, LONG_AFTER, List.of(at("10:00", "a", "{'tags': []}"))), UTC)).endsWith(
                "As of 1 January 9000, 00:00 (Z) the journey has 1 event. The rule did not apply: of 1 event of a type that `when` looks for, none met its condition.",
                "The condition, in CEL: size(this.data.tags) > 2");
    }

    /// The notes name fields as rules do, the sentences as people do.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            within: { until: "timestamp(this.data.due)" } | {}                      | Its due is missing.
            within: { until: "timestamp(this.data.due)" } | {'due': '2026-05-05'}   | Its due is not a time with an offset.
            within: { until: "this.data.due" }            | {'due': 'tomorrow'}     | Its due is not a time with an offset.
            by: [ data.caseId ]                           | {}                      | Its caseId is missing.
            """)
    void whatCannotBeKnownIsSaidInWords(String members, String data, String sentence) {
        var rule = rulebook("{ id: r, pattern: response, when: {type: a}, expect: {type: b}, " + members + " }");
        assertThat(WhyText.of(explain(rule, LONG_AFTER, List.of(at("10:00", "a", data))), UTC).getLast()).contains("undetermined.").endsWith(sentence)
                .doesNotContain("this.", "timestamp(");
    }

    @Test
    void whatIsLeftOutIsSaid() {
        var rule = rulebook("{ id: r, pattern: response, when: {type: a}, expect: {type: b, source: /crm}, within: PT2H }");
        var events = events("a10:00 a10:01 a10:02");
        var page = Explainer.explain(only(rule), Instant.parse(LONG_AFTER), Watermarks.none(), journey(events), 1, 1);
        assertThat(page.activations()).extracting(shown -> shown.activation().events().getFirst().id()).containsExactly("a@2026-05-04T10:01:00Z");
        assertThat(page.total()).isEqualTo(3);
        assertThat(page.next()).isEqualTo(2);
        assertThat(WhyText.of(page, UTC).getLast()).isEqualTo("Not shown: 1 more.");
    }

    @Test
    void ofManyCandidatesTheNearestAreToldAndAllAreCounted() {
        var rule = rulebook("{ id: r, pattern: response, when: {type: a}, expect: {type: b, source: /crm}, within: PT2H }");
        var many = new StringBuilder("a10:00");
        for (int minute = 10; minute < 60; minute++) {
            many.append(" b10:").append(minute);
        }
        var shown = explain(rule, LONG_AFTER, events(many.toString())).activations().getFirst();
        assertThat(shown.compared()).isEqualTo(50);
        assertThat(shown.candidates()).hasSize(CandidateSearch.MAX_CANDIDATES);
        assertThat(text(shown.candidates().getFirst())).startsWith("b@10:10");
    }

    @Test
    void ofAHotJourneyItSaysThatItDidNotLookAtAll() {
        var rule = rulebook("{ id: r, pattern: response, when: {type: a}, expect: {type: b, source: /crm}, within: PT2H }");
        Explainer.Journey hot = each -> {
            for (int i = 0; i < 20_200; i++) {
                each.accept(Event.event(Instant.ofEpochSecond(i).toString(), i < 200 ? "a" : "b").touchpoint());
            }
        };
        var why = Explainer.explain(only(rule), Instant.parse(LONG_AFTER), Watermarks.none(), hot, 0, 200);
        assertThat(why.activations()).hasSize(200).allSatisfy(shown -> assertThat(shown.candidates()).hasSize(CandidateSearch.MAX_CANDIDATES));
        assertThat(why.notes()).containsExactly(
                "more than 4000000 units of work: not every candidate was looked at; ask for fewer activations at a time");
        assertThat(Explainer.explain(only(rule), Instant.parse(LONG_AFTER), Watermarks.none(), hot, 0, 10).notes()).isEmpty();
    }

    static Why explain(Rulebook rulebook, String asOf, List<Event> events) {
        return Explainer.explain(only(rulebook), Instant.parse(asOf), Watermarks.none(), journey(events), 0, 100);
    }

    private static Rule only(Rulebook rulebook) {
        return rulebook.rules().getFirst();
    }

    private static Explainer.Journey journey(List<Event> events) {
        return each -> events.stream().map(Event::touchpoint).sorted().forEach(each);
    }

    /// `a10:00 b11:30/2`: each with n=1, or what stands behind the slash.
    private static List<Event> events(String journey) {
        return Arrays.stream(journey.strip().split("\\s+")).map(word -> {
            var n = word.contains("/") ? word.substring(word.indexOf('/') + 1) : "1";
            return at(word.substring(1, 6), word.substring(0, 1), "{'n': " + n + "}");
        }).toList();
    }

    private static String text(Why.Candidate candidate) {
        var failed = candidate.failed().stream().map(failure -> failure.condition().wire() + " " + failure.detail()).collect(Collectors.joining(", "));
        return candidate.type() + "@" + candidate.occurredAt().toString().substring(11, 16) + " " + failed;
    }
}
