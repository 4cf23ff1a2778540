package io.throughline.journey.rule.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is not wrong with a rule, and yet hardly meant, is said with its place; the rule is taken all the same.
class DoubtsTest {

    private static final String RULE = """
            id: r
            pattern: response
            when: { type: asked.v1 }
            expect: { type: answered.v1 }
            %s
            examples:
              - name: answered
                events:
                  - { type: asked.v1, time: "2026-03-02T09:00:00Z", data: { n: 1, kind: a } }
                  - { type: answered.v1, time: "2026-03-02T10:00:00Z", data: { n: 1 } }
                expect: [ satisfied ]
              - name: not answered
                events: [ { type: asked.v1, time: "2026-03-02T09:00:00Z", data: { n: 1 } } ]
                expect: [ violated ]
            """;

    @Test
    void aRuleWithoutPartsThatNoExampleShowsIsBeyondDoubt() {
        assertThat(doubts(RULE.formatted("within: PT2H"))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "{ within: PT2H, until: { type: closed.v1 } } | 5 /until: selects events of which no example has any",
        "{ within: PT2H, where: 'other.data.n == this.data.n' } | none",
        "{ within: PT2H, closes: { type: answered.v1, where: 'this.data.n > 7' } } | 5 /closes/where: is true of no event in any example",
        "{ within: PT2H, until: { type: asked.v1, source: /crm } } | 5 /until: selects no event of any example",
    })
    void aPartThatNoExampleShowsAtWork(String fields, String doubt) {
        var lines = fields.substring(2, fields.length() - 2).replaceFirst(", ", "\n");
        var told = doubts(RULE.formatted(lines));
        assertThat(told).isEqualTo(doubt.equals("none") ? List.of() : List.of(doubt.replaceFirst("^5", "6")));
    }

    @Test
    void aConditionThatIsTrueOfNoPair() {
        var rule = """
                id: r
                pattern: not-succession
                when: { type: a }
                forbid: { type: b }
                where: other.data.n == this.data.m
                examples: { name: never, expect: pending, events: [ { type: a, time: "2026-03-02T09:00:00Z", data: { m: 1 } },
                    { type: b, time: "2026-03-02T09:00:01Z", data: { n: 2 } } ] }
                """;
        assertThat(doubts(rule)).containsExactly("5 /where: is true of no two events in any example");
    }

    @Test
    void aRuleWithoutExamples() {
        assertThat(doubts("{ id: r, pattern: init, expect: { type: a } }")).containsExactly("1 : has no examples: nothing shows that it says what is meant");
    }

    @Test
    void aGraceOfNoTime() {
        assertThat(doubts("""
                { id: r, pattern: propagation, fact: { set: { type: a }, value: this.data.x },
                  when: { type: b }, value: this.data.x,
                  grace: PT0S }
                """)).contains("3 /grace: has no effect: without it, too, only the value at the use counts");
    }

    @Test
    void aStageThatNothingLeadsTo() {
        assertThat(doubts("""
                id: r
                pattern: conformance
                stages:
                  - { name: one, event: { type: a } }
                  - { name: two, event: { type: b }, after: [ three ] }
                  - { name: three, event: { type: c }, after: [ two ] }
                  - { name: four, event: { type: d }, after: [ one ] }
                """)).contains("5 /stages/1: is a stage that no permitted order reaches", "6 /stages/2: is a stage that no permitted order reaches").hasSize(3);
    }

    @Test
    void aTypeThatNobodySends() {
        var rules = RuleFiles.written("r.yaml", RULE.formatted("within: PT2H"), Set.of("asked.v1")::contains);
        assertThat(rules.getFirst().warnings()).singleElement()
                .hasToString("r.yaml:4:11 /expect/type: \"answered.v1\" is in no catalogue, and no registered source sends it");
    }

    /// The shipped rules set the example; the list says what is left to be desired.
    @Test
    void shippedRulesUseAllTheirParts() {
        assertThat(RuleFiles.installed(List.of()).stream().flatMap(rule -> rule.warnings().stream()).map(RuleFault::toString)).isEmpty();
    }

    private static List<String> doubts(String yaml) {
        return RuleFiles.written("r.yaml", yaml, _ -> true).getFirst().warnings().stream()
                .map(fault -> fault.line() + " " + fault.pointer() + ": " + fault.detail()).toList();
    }
}
