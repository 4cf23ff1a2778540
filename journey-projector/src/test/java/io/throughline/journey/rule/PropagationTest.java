package io.throughline.journey.rule;

import static io.throughline.journey.rule.Event.event;
import static io.throughline.journey.rule.Journeys.LONG_AFTER;
import static io.throughline.journey.rule.Journeys.evaluate;
import static io.throughline.journey.rule.Journeys.rulebook;
import static io.throughline.journey.rule.Journeys.verdicts;
import static io.throughline.journey.rule.Verdict.SATISFIED;
import static io.throughline.journey.rule.Verdict.UNDETERMINED;
import static io.throughline.journey.rule.Verdict.VIOLATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.journey.rule.Evidence.Role;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropagationTest {

    private static final Rulebook TWO_DAYS_OF_GRACE = facts("grace: PT48H");
    private static final Rulebook NO_GRACE = facts("");
    private static final Event OLD = event("2026-01-05T09:00:00Z", "set", "{'v': 'old'}");
    private static final Event NEW = event("2026-03-02T18:00:00Z", "set", "{'v': 'new'}");

    private static Rulebook facts(String more) {
        return rulebook("""
                id: fact
                pattern: propagation
                fact: { set: { type: set }, value: this.data.v }
                when: { type: use }
                value: this.data.v
                """ + more);
    }

    private static Event use(String time, String value) {
        return event(time, "use", "{'v': '" + value + "'}");
    }

    private static Activation only(SmallEvaluation.Result outcome) {
        assertThat(outcome.activations()).hasSize(1);
        return outcome.activations().getFirst();
    }

    @Test
    void aUseWithTheValueAtTheUseIsRight() {
        var activation = only(evaluate(NO_GRACE, LONG_AFTER, OLD, NEW, use("2026-03-16T07:30:00Z", "  NEW ")));
        assertThat(activation.verdict()).isEqualTo(SATISFIED);
        assertThat(activation.deadline().at()).isEqualTo("2026-03-16T07:30:00Z");
    }

    @Test
    void aUseWithAnotherValueIsWrongAtOnceAndNamesBothSettings() {
        var use = use("2026-03-16T07:30:00Z", "old");
        var activation = only(evaluate(TWO_DAYS_OF_GRACE, use.time(), OLD, NEW, use));
        assertThat(activation.verdict()).isEqualTo(VIOLATED);
        assertThat(activation.evidence()).extracting(Evidence::event, Evidence::role)
                .containsExactly(tuple(OLD.ref(), Role.USED_SETTING), tuple(NEW.ref(), Role.SETTING), tuple(use.ref(), Role.USE));
        assertThat(activation.nearestMiss().event()).isEqualTo(OLD.ref());
        assertThat(activation.metAt()).isNull();
    }

    @Test
    void aValueThatNobodySetHasNoSettingOfItsOwn() {
        var use = use("2026-03-16T07:30:00Z", "other");
        var activation = only(evaluate(TWO_DAYS_OF_GRACE, LONG_AFTER, OLD, NEW, use));
        assertThat(activation.evidence()).extracting(Evidence::event).containsExactly(NEW.ref(), use.ref());
        assertThat(activation.nearestMiss()).isNull();
    }

    @Test
    void anOldValueWillDoUntilTheGraceEndsAndNoLonger() {
        assertThat(verdicts(evaluate(TWO_DAYS_OF_GRACE, LONG_AFTER, OLD, NEW, use("2026-03-04T18:00:00Z", "old"), use("2026-03-04T18:00:00.000001Z", "old"))))
                .containsExactly(SATISFIED, VIOLATED);
    }

    @Test
    void withoutGraceOnlyTheValueAtTheUseCountsWithNoneAlsoTheOneReplacedAtThatInstant() {
        var atThatInstant = use(NEW.time(), "old").from("/zzz");
        assertThat(verdicts(evaluate(NO_GRACE, LONG_AFTER, OLD, NEW, atThatInstant))).containsExactly(VIOLATED);
        assertThat(verdicts(evaluate(facts("grace: P0D"), LONG_AFTER, OLD, NEW, atThatInstant))).containsExactly(SATISFIED);
    }

    @Test
    void aUseBeforeTheSettingInTheTotalOrderIsNotBoundByIt() {
        assertThat(verdicts(evaluate(NO_GRACE, LONG_AFTER, OLD, NEW, use(NEW.time(), "old").from("/aaa")))).containsExactly(SATISFIED);
    }

    @Test
    void aUseWithoutAnEarlierSettingIsNotActivated() {
        assertThat(evaluate(TWO_DAYS_OF_GRACE, LONG_AFTER, use("2026-01-01T00:00:00Z", "old"), OLD).activations()).isEmpty();
    }

    @Test
    void aSettingWithoutTheValueIsNone() {
        assertThat(evaluate(NO_GRACE, LONG_AFTER, event("2026-01-01T00:00:00Z", "set", "{}"), event("2026-01-02T00:00:00Z", "set", "{'v': null}"),
                use("2026-03-01T00:00:00Z", "x")).activations())
                .isEmpty();
    }

    @Test
    void aUseWithoutTheValueIsUndetermined() {
        var activation = only(evaluate(NO_GRACE, LONG_AFTER, OLD, event("2026-03-01T00:00:00Z", "use", "{}")));
        assertThat(activation.verdict()).isEqualTo(UNDETERMINED);
        assertThat(activation.notes()).containsExactly("this.data.v is missing");
    }

    @Test
    void anotherValueWithinGraceOfTheFirstKnownSettingIsUndetermined() {
        assertThat(verdicts(evaluate(TWO_DAYS_OF_GRACE, LONG_AFTER, OLD, use("2026-01-07T09:00:00Z", "x"), use("2026-01-07T09:00:01Z", "x"),
                use("2026-01-06T00:00:00Z", "old"))))
                .containsExactly(SATISFIED, UNDETERMINED, VIOLATED);
        assertThat(verdicts(evaluate(NO_GRACE, LONG_AFTER, OLD, use("2026-01-05T09:00:01Z", "x")))).containsExactly(VIOLATED);
    }

    @Test
    void changedAndChangedBackCountsFromTheLastTimeItWasReplaced() {
        var back = event("2026-03-10T00:00:00Z", "set", "{'v': 'old'}");
        var again = event("2026-03-20T00:00:00Z", "set", "{'v': 'newer'}");
        assertThat(verdicts(evaluate(TWO_DAYS_OF_GRACE, LONG_AFTER, OLD, NEW, back, again, use("2026-03-21T00:00:00Z", "old"),
                use("2026-03-21T00:00:00Z", "new").named("n"))))
                .containsExactlyInAnyOrder(SATISFIED, VIOLATED);
    }

    @Test
    void keysTellFactsApartAndMustBePresentOnBoth() {
        var keyed = rulebook("""
                { id: fact, pattern: propagation, fact: { set: { type: set }, value: this.data.v, key: [ data.k ] },
                  when: { type: use }, value: this.data.v }""");
        var a = event("2026-01-01T00:00:00Z", "set", "{'k': 'a', 'v': 1}");
        var b = event("2026-01-02T00:00:00Z", "set", "{'k': 'b', 'v': 2}");
        var without = event("2026-01-03T00:00:00Z", "set", "{'v': 3}");
        assertThat(verdicts(evaluate(keyed, LONG_AFTER, a, b, without, event("2026-02-01T00:00:00Z", "use", "{'k': 'a', 'v': 1.0}"),
                event("2026-02-02T00:00:00Z", "use", "{'k': 'b', 'v': 1}"))))
                .containsExactly(SATISFIED, VIOLATED);
        assertThat(evaluate(keyed, LONG_AFTER, a, without, event("2026-02-01T00:00:00Z", "use", "{'v': 3}"),
                event("2026-02-01T00:00:00Z", "use", "{'k': 'c', 'v': 3}").named("c")).activations())
                .isEmpty();
    }

    /// Used on 16 March at 7:30. Whose fault it is: the process's (no note) where the company knew by then, late data where it did not.
    @ParameterizedTest(name = "recorded {0}, known {1}")
    @CsvSource({
        "2026-03-16T07:30:00Z,        ,                            ",
        "2026-03-16T07:30:00.000001Z, ,                            late-data",
        "2026-03-16T07:30:00Z,        unknown,                     ",
        "2026-03-16T07:30:00.000001Z, unknown,                     known-time-unknown",
        "2026-11-01T00:00:00Z,        2026-03-16T08:30:00+01:00,   ",
        "2026-11-01T00:00:00Z,        2026-03-16T07:30:00.000001Z, late-data: 2026-03-16T07:30:00.000001Z",
        "2026-11-01T00:00:00Z,        2026-11-01T00:00:01Z,        late-data",
        "2026-03-10T00:00:00Z,        2026-11-01T00:00:00Z,        "})
    void aSettingThatTheCompanyKnewOnlyAfterTheUseIsNotedAsLateData(String recorded, String known, String note) {
        var use = use("2026-03-16T07:30:00Z", "old");
        var setting = known == null ? NEW.recorded(recorded) : NEW.recorded(recorded).known(known);
        var activation = only(evaluate(TWO_DAYS_OF_GRACE, LONG_AFTER, OLD, setting, use));
        assertThat(activation.verdict()).isEqualTo(VIOLATED);
        assertThat(activation.notes()).isEqualTo(note == null ? List.of() : List.of(note));
    }

    /// As a manager reads it, each in the zone that was asked for.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            2026-03-02T18:12:00Z | The company knew the right value by then: the process failed, not the data.
            2026-07-17T00:00:00Z | The data came late, not the process: the company learned of the right value on 17 July 2026, 02:00, and used the other on 16 March 2026, 08:30.
            2026-12-01T00:00:00Z | The data came late, not the process: the right value was recorded only after the other was used, on 16 March 2026, 08:30.
            unknown              | It is not known when the company learned of the right value, which was recorded later: either the process failed or the data came late.
            """)
    void whoseFaultItIsIsSaid(String known, String sentence) {
        var use = use("2026-03-16T07:30:00Z", "old");
        var events = List.of(OLD, NEW.recorded("2026-11-01T00:00:00Z").known(known), use);
        var zone = ZoneId.of("Europe/Berlin");
        var text = WhyText.of(ExplainerTest.explain(TWO_DAYS_OF_GRACE, LONG_AFTER, events), zone);
        assertThat(text).last().asString().containsOnlyOnce(sentence);
        assertThat(text).noneMatch(line -> line.contains("late-data") || line.contains("known-time"));
        var activation = only(evaluate(TWO_DAYS_OF_GRACE, LONG_AFTER, events.toArray(Event[]::new)));
        var told = activation.rule().explain(activation.parameters(), activation.notes(), activation.activationAt(), zone);
        assertThat(told.contains(sentence)).as(told).isEqualTo(!activation.notes().isEmpty());
    }

    @Test
    void anEventMayUseAFactAndThenSetIt() {
        var both = rulebook(
                "{ id: fact, pattern: propagation, fact: { set: { type: both }, value: this.data.next }, when: { type: both }, value: this.data.now }");
        assertThat(verdicts(evaluate(both, LONG_AFTER, event("2026-01-01T00:00:00Z", "both", "{'now': 0, 'next': 1}"),
                event("2026-01-02T00:00:00Z", "both", "{'now': 1, 'next': 2}"))))
                .containsExactly(SATISFIED);
    }

    @Test
    void graceInDaysIsCountedOnTheCalendarOfTheZone() {
        var twoDays = facts("grace: P2D\nzone: Europe/London");
        var change = event("2026-03-28T12:00:00Z", "set", "{'v': 'new'}");
        assertThat(verdicts(evaluate(twoDays, LONG_AFTER, OLD, change, use("2026-03-30T11:00:00Z", "old"), use("2026-03-30T11:00:01Z", "old"))))
                .containsExactly(SATISFIED, VIOLATED);
    }
}
