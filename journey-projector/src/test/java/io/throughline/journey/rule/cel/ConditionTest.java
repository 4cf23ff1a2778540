package io.throughline.journey.rule.cel;

import static io.throughline.journey.rule.Event.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.throughline.journey.rule.Event;
import io.throughline.journey.rule.Seeds;
import io.throughline.journey.rule.work.Exhausted;
import io.throughline.journey.rule.work.Limits;
import io.throughline.journey.rule.work.Meter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    private static final List<String> VALUES = List.of("1", "2", "1.0", "1.5", "-1", "0.1", "9007199254740993", "9007199254740992.0",
            "99999999999999999999", "9223372036854775807", "9223372036854775808", "12345678901234567890", "12345678901234567891", "9007199254740993.0",
            "0.10000000000000000001", "1e400", "-1e999999999", "1e-999999999", "[12345678901234567890]", "[12345678901234567891]", "'a'", "'b'", "''", "'1'", "'\\ud83d\\ude00'", "'\\uffff'",
            "true", "false", "null", "{}", "{'k': 1}", "{'k': 1.0}", "[]", "[1]", "[1.0]", "missing");
    private static final List<String> OPERANDS = List.of(
            "this.data.p", "this.data.q", "this.data.p.k", "other.data.p", "this.type", "this.channel", "this.time", "other.time",
            "1", "1.5", "-1", "0.1", "9007199254740993", "9007199254740992.0", "9223372036854775808u", "'a'", "'t'", "true", "null");
    private static final List<String> OPERATORS = List.of("==", "!=", "<", "<=", ">", ">=", "in");

    private static Truth test(String text, Event self) {
        return Condition.parse(text, Scope.THIS).test(self.touchpoint(), Meter.unlimited());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "this.data.kind == 'postal'", "this.data.n == 2.0", "this.data.n in [1, 2]", "has(this.data.kind)", "!has(this.data.other)",
        "this.source == '/test' && this.type.startsWith('address-')",
        "this.data.tags.exists(t, t == 'x')", "this.time > timestamp('2026-01-01T00:00:00Z')", "!has(this.channel)",
        "this.data.missing == 1 || this.data.n > 1", "size(this.identity) == 32"
    })
    void holds(String text) {
        assertThat(test(text, event("2026-03-02T18:12:00Z", "address-changed.v1", "{'kind': 'postal', 'n': 2, 'tags': ['x']}"))).isEqualTo(Truth.TRUE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "this.data.missing == 1 | this.data.missing is missing", "this.data.kind.deeper == 1 | this.data.kind.deeper is missing",
        "this.channel == 'web' | this.channel is missing",
        "size(this.data.missing) > 1 | this.data.missing is missing", "this.data.kind > 1 | the fields do not have the types that the expression needs"
    })
    void whatCannotBeEvaluatedIsUnknownAndNamesTheField(String text, String reason) {
        assertThat(test(text, event("2026-03-02T18:12:00Z", "t", "{'kind': 'postal'}"))).isEqualTo(new Truth.Unknown(reason));
    }

    /// True of an event for which the condition is false; empty where only CEL says it.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            this.data.kind == 'postal'                          ; its kind is not "postal"
            this.data.kind != 'postal'                          ; its kind is "postal"
            !(this.data.n == 2.5)                               ; its n is 2.5
            this.data.n >= 5                                    ; its n is less than 5
            5 >= this.data.n                                    ; its n is more than 5
            this.data.n < 5                                     ; its n is not less than 5
            this.data.n > 5                                     ; its n is not more than 5
            this.source in ['/a', '/b']                         ; its source is none of "/a", "/b"
            !(this.data.by in ['agent'])                        ; its by is one of "agent"
            has(this.data.caseId)                               ; it has no field caseId
            !has(this.data.caseId)                              ; it has a field caseId
            this.data.done                                      ; its done is not true
            !this.data.done                                     ; its done is true
            this.data.a.b == this.data.c                        ; its a.b is not its c
            this.data.a == 1 && this.data.b == 2 && this.data.c ; its a is not 1 or its b is not 2 or its c is not true
            this.type == 't' || this.data.a == 'x'              ; its type is not "t" and its a is not "x"
            !(this.data.a == 1 || this.data.b == 2)             ; its a is 1 or its b is 2
            this.data.a == 1 && (this.data.b == 2 || this.data.c == 3) ;
            this.time > timestamp('2026-01-01T00:00:00Z')       ;
            size(this.data.tags) > 2                            ;
            this.data.name.startsWith('x')                      ;
            this.data.a == [1]                                  ;
            """)
    void aPlainConditionThatIsNotMetIsSaidInWords(String text, String words) {
        assertThat(Condition.parse(text, Scope.THIS).unmet(false).orElse(null)).isEqualTo(words);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            other.data.version >= this.data.version | its version is less than the activation's     | its version is more than the activation's
            this.data.n < other.data.n              | its n is not more than the activation's       | its n is not less than the activation's
            other.data.paid == this.data.total      | its paid is not the activation's total        | its total is not the activation's paid
            this.data.total == 5                    | the activation's total is not 5               | its total is not 5
            has(this.data.caseId)                   | the activation has no field caseId            | it has no field caseId
            """)
    void overTwoEventsItIsSaidOfTheOneThatIsJudged(String text, String whereOtherIs, String whereThisIs) {
        var condition = Condition.parse(text, Scope.THIS_AND_OTHER);
        assertThat(condition.unmet(true)).contains(whereOtherIs);
        assertThat(condition.unmet(false)).contains(whereThisIs);
    }

    @Test
    void anEventWithoutDataHasNoFields() {
        assertThat(test("this.data.x == 1", event("2026-03-02T18:12:00Z", "t"))).isEqualTo(new Truth.Unknown("this.data.x is missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"this.data.n + 1", "'text'", "this.data.n ==", "other.data.n == 1", "this.kind == 'x'", "customer.name == 'x'",
            "this.data.x == 1 &&", "[1,2].map(x, x)"})
    void whatIsNoConditionOverThisIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.parse(text, Scope.THIS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"this.data.s.matches(this.data.pattern)", "this.data.s.matches('((x{20}){20}){20}')", "this.data.s.matches('x{0,1001}')",
            "matches(this.data.s, this.type)", "this.data.s.matches('((a?){30}){30}b')", "this.data.s.matches('[a-z]{301}')"})
    void aPatternThatCouldTakeLongIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.parse(text, Scope.THIS));
        assertThat(test("this.data.s.matches('^[a-z]{1,40}$')", event("2026-03-02T18:12:00Z", "t", "{'s': 'abc'}"))).isEqualTo(Truth.TRUE);
    }

    @Test
    void anExpressionIsLimited() {
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.parse("this.data.n == '" + "x".repeat(1_000) + "'", Scope.THIS));
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.parse("(".repeat(200) + "true" + ")".repeat(200), Scope.THIS));
        assertThat(test("this.data.l.all(a, a == 0)", event("2026-03-02T18:12:00Z", "t", "{'l': [" + "0,".repeat(1_000) + "0]}")))
                .isInstanceOf(Truth.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"this.data.l.map(a, this.data.l + this.data.l) == []", "this.data.l.exists(a, this.data.l + this.data.l == a)",
        "this.data.l.filter(a, a + a == 2) == []", "s + s + s + s + s + s + s + s + s + s + s + s == ''"})
    void anExpressionCannotMakeMuchOutOfLittle(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.parse(text.replace("s ", "this.data.s "), Scope.THIS)).withMessageContaining("add");
    }

    /// Over events about as large as any that is taken: the fewer steps a loop has, the less it can do with them.
    @ParameterizedTest
    @ValueSource(strings = {"this.data.l.map(a, this.data.l) == []", "this.data.l.exists(a, this.data.l == this.data.m)",
        "this.data.l.filter(a, this.data.l in [this.data.m]) == []", "this.data.l + this.data.l + this.data.l + this.data.l + this.data.l == []"})
    void aHostileExpressionOverAHostileEventComesToAnEndInLittleMemory(String text) {
        var list = "[" + "0,".repeat(60_000) + "%d]";
        var event = event("2026-03-02T18:12:00Z", "t", "{'l': " + list.formatted(0) + ", 'm': " + list.formatted(1) + "}").touchpoint();
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(Condition.parse(text, Scope.THIS).test(event, Meter.unlimited())).isNotEqualTo(Truth.TRUE);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).as("bytes allocated: what is not made takes no time either").isLessThan(128L << 20);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "this.data.l.all(a, this.data.l.all(b, a == b)) # has a loop in a loop",
        "[1, 2].all(a, [3, 4].all(b, a != b)) # has a loop in a loop",
        "this.data.l.all(a, a.contains('1') || a.contains('2') || a.contains('3') || a.contains('4') || a.contains('5') || a.contains('6')"
            + " || a.contains('7') || a.contains('8') || a.contains('9') || a.contains('10') || a.contains('11') || a.contains('12'))"
            + " # goes through texts more than 8 times",
        "this.data.t.matches('((a?){30}){30}b') # states, at most 300 are allowed",
        "this.data.t.matches('(') # is none of RE2"})
    void whatCanCostTooMuchIsRefusedWithTheReason(String text, String reason) {
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.parse(text, Scope.THIS)).withMessageContaining(reason);
    }

    /// What an expression costs grows with what it goes through, whatever its answer.
    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "this.data.l.all(x, this.data.t.matches('(a?){30}b') || true) # 1000000", "this.data.t.matches('(a?){30}b') || true # 10000",
        "this.data.t.contains(this.data.u) || true # 100000", "this.data.l.exists(x, this.data.t == 'b') # 10000", "size(this.data.t) == 1 # 500",
        "this.data.l == [1] # 1", "this.data.t.startsWith('a') # 400"})
    void whatIsReadIsCharged(String text, long atLeast) {
        var event = event("2026-03-02T18:12:00Z", "t", "{'t': '" + "a".repeat(30_000) + "', 'u': '" + "a".repeat(15_000) + "b', 'l': ["
                + "0,".repeat(90) + "0]}").touchpoint();
        var meter = Meter.unlimited();
        Condition.parse(text, Scope.THIS).test(event, meter);
        assertThat(meter.spent()).isGreaterThanOrEqualTo(atLeast);
        var poor = new Meter(Limits.ofWork(meter.spent() - 1));
        assertThatExceptionOfType(Exhausted.class).isThrownBy(() -> Condition.parse(text, Scope.THIS).test(event, poor));
    }

    @Test
    void aLoopOverALargeEventHasFewerSteps() {
        var text = "this.data.l.all(a, a == 0)";
        assertThat(test(text, event("2026-03-02T18:12:00Z", "t", "{'l': [" + "0,".repeat(999) + "0]}"))).isEqualTo(Truth.TRUE);
        assertThat(test(text, event("2026-03-02T18:12:00Z", "t", "{'l': [" + "0,".repeat(999) + "0], 's': '" + "x".repeat(33_000) + "'}")))
                .isInstanceOf(Truth.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"this.data.list[7] == 1", "1 / this.data.zero == 1", "timestamp(7) < this.time"})
    void nothingInAPayloadStopsAnEvaluation(String text) {
        assertThat(test(text, event("2026-03-02T18:12:00Z", "t", "{'s': 'x', 'list': [], 'zero': 0}"))).isInstanceOf(Truth.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"this.data.kind == 'postal'", "other.data.version >= this.data.version",
            "this.data.kind in ['a', 'b'] && !has(this.data.x)", "this.data.granted"})
    void theConditionsOfMostRulesNeedNoInterpreter(String text) {
        assertThat(Condition.parse(text, Scope.THIS_AND_OTHER).isPlain()).isTrue();
    }

    /// In the order of their values: cel-spec compares numbers of different types exactly, and a decimal is the number that it is written as.
    private static final List<String> ASCENDING = List.of("-1e999999999", "-12345678901234567890", "-9223372036854775809", "-9223372036854775808",
            "-9007199254740993", "-9007199254740992.0", "-0.1", "-1e-999999999", "0", "1e-999999999", "0.09999999999999999999", "0.1",
            "0.10000000000000000001", "0.1000000000000000055511151231257827", "1", "1.00000000000000000001", "9007199254740992", "9007199254740992.5",
            "9007199254740993.0", "9007199254740994", "9223372036854775807", "9223372036854775807.5", "9223372036854775808", "12345678901234567890",
            "12345678901234567890.5", "12345678901234567891", "1e400", "1.0000000000000000001e400", "1e999999999");
    private static final Map<String, IntPredicate> ORDERS = Map.of("==", order -> order == 0, "!=", order -> order != 0, "<", order -> order < 0,
            "<=", order -> order <= 0, ">", order -> order > 0, ">=", order -> order >= 0);

    @Test
    void numbersCompareByTheirValueWhateverTheirLengthAndKind() {
        ORDERS.forEach((operator, holds) -> {
            var condition = Condition.parse("this.data.a " + operator + " other.data.a", Scope.THIS_AND_OTHER);
            for (int i = 0; i < ASCENDING.size(); i++) {
                for (int j = 0; j < ASCENDING.size(); j++) {
                    var one = number(ASCENDING.get(i)).touchpoint();
                    var two = number(ASCENDING.get(j)).touchpoint();
                    var expected = Truth.of(holds.test(Integer.compare(i, j)));
                    var question = ASCENDING.get(i) + " " + operator + " " + ASCENDING.get(j);
                    assertThat(condition.test(one, two, Meter.unlimited())).as(question).isEqualTo(expected);
                    assertThat(condition.interpret(one, two, Meter.unlimited())).as("CEL: %s", question).isEqualTo(expected);
                }
            }
        });
    }

    private static Event number(String number) {
        return event("2026-03-02T18:12:00Z", "t", "{'a': %s}".formatted(number));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "this.data.long == 12345678901234567890u | true", "this.data.long == 12345678901234567891u | false", "this.data.long > 12345678901234567889u | true",
        "this.data.long in [12345678901234567891u, 1] | false", "this.data.long in [12345678901234567890u, 1] | true",
        "this.data.long in this.data.list | false", "this.data.next in this.data.list | true", "this.data.list == [this.data.long] | false",
        "this.data.list == [this.data.next] | true", "{'k': this.data.long} == this.data.map | false", "{'k': this.data.next} == this.data.map | true",
        "this.data.list.exists(n, n == this.data.long) | false", "this.data.list.all(n, n > this.data.long) | true",
        "this.data.list.map(n, n) == this.data.list | true", "this.data.list.filter(n, n == this.data.long) == [] | true",
        "this.data.odd == 9007199254740992.0 | false", "this.data.odd > 9007199254740992.0 | true", "this.data.odd in [9007199254740992.0] | false",
        "double(this.data.odd) == 9007199254740992.0 | false", "double('9007199254740993') == this.data.odd | true",
        "uint(this.data.odd) == 9007199254740993u | true", "dyn(uint(this.data.odd)) == 9007199254740992.0 | false", "9223372036854775807 < 9223372036854775807u | false",
        "this.data.odd in {9007199254740992.0: 1} | unknown", "this.data.odd in {9007199254740992: 1} | false", "this.data.odd in {9007199254740993: 1} | true",
        "this.data.odd == '9007199254740993' | false", "this.data.odd < '9007199254740994' | unknown",
        "this.data.tenth + this.data.fifth == 0.3 | true", "this.data.tenth + this.data.fifth > 0.3 | false", "this.data.fifth - this.data.tenth == 0.1 | true",
        "this.data.tenth * 3.0 == 0.3 | true", "0.3 / this.data.tenth == 3.0 | true", "1.0 / 3.0 * 3.0 == 1.0 | true", "1.0 / 3.0 > 0.3333333333333333 | true",
        "2.0 / 3.0 / 2.0 == 1.0 / 3.0 | true", "-this.data.tenth == -0.1 | true", "1.0e308 * 10.0 > 1.0e308 | true", "1.0e308 * 10.0 == 1.0e308 * 100.0 | false",
        "9007199254740992.0 + 1.0 == 9007199254740992.0 | false", "1.0 / 0.0 > 1.0 | unknown",
        "this.data.most + 1 > this.data.most | unknown", "this.data.long + 1 > this.data.long | unknown", "this.data.huge + 0.5 > 1.0 | unknown",
        "dyn(this.data.long - 1.0) == 12345678901234567889u | true", "int(this.data.long) > 1 | unknown", "[1, 2][this.data.fine] == 2 | unknown",
        "double('NaN') == double('NaN') | unknown", "double('Infinity') > this.data.huge | true", "-double('Infinity') < this.data.huge | true"})
    void noTypeOfCelRoundsWhatItCompares(String text, String expected) {
        var event = event("2026-03-02T18:12:00Z", "t", "{'long': 12345678901234567890, 'next': 12345678901234567891, 'list': [12345678901234567891],"
                + " 'map': {'k': 12345678901234567891}, 'odd': 9007199254740993, 'tenth': 0.1, 'fifth': 0.2, 'most': 9223372036854775807,"
                + " 'huge': 1e999999999, 'fine': 1.00000000000000000001}");
        assertThat(known(test(text, event)).toString()).isEqualToIgnoringCase(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"this.data.n == 9007199254740993.0", "this.data.n < -0.10000000000000000001", "this.data.n in [1, 1e400]"})
    void aDecimalThatADoubleWouldRoundIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.parse(text, Scope.THIS)).withMessageContaining("more digits than a double holds");
    }

    static LongStream seeds() {
        return Seeds.some(200);
    }

    /// The plain form may leave an answer to CEL, never give another.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void thePlainFormSaysWhatCelSays(long seed) {
        var random = new Random(seed);
        var text = expression(random, 3);
        var condition = Condition.parse(text, Scope.THIS_AND_OTHER);
        for (int i = 0; i < 20; i++) {
            var self = arbitrary(random).touchpoint();
            var other = arbitrary(random).touchpoint();
            assertThat(known(condition.test(self, other, Meter.unlimited())))
                    .as("seed %d: %s (plain: %s) on %s, %s", seed, text, condition.isPlain(), self.payload().text(), other.payload().text())
                    .isEqualTo(known(condition.interpret(self, other, Meter.unlimited())));
        }
    }

    /// Of two missing fields CEL and the plain form may name different ones.
    private static Object known(Truth truth) {
        return truth instanceof Truth.Unknown ? "unknown" : truth;
    }

    private static String expression(Random random, int depth) {
        return switch (depth == 0 ? 3 : random.nextInt(8)) {
            case 0 -> "(" + expression(random, depth - 1) + " && " + expression(random, depth - 1) + ")";
            case 1 -> "(" + expression(random, depth - 1) + " || " + expression(random, depth - 1) + ")";
            case 2 -> "!(" + expression(random, depth - 1) + ")";
            case 4 -> "has(this.data.p)";
            case 5 -> "has(this.data.p.k)";
            case 6 -> "this.data.q == true";
            default -> one(OPERANDS.subList(0, 6), random) + " " + comparison(random);
        };
    }

    private static String comparison(Random random) {
        var operator = one(OPERATORS, random);
        return operator + " " + (operator.equals("in") ? "[1, 'a', 2.0, true, null, 9007199254740993]" : one(OPERANDS, random));
    }

    private static Event arbitrary(Random random) {
        var p = one(VALUES, random);
        var q = one(VALUES, random);
        var data = "{" + (p.equals("missing") ? "" : "'p': " + p + ", ") + "'z': 0" + (q.equals("missing") ? "" : ", 'q': " + q) + "}";
        var event = Event.event("2026-03-02T18:12:00Z", random.nextBoolean() ? "t" : "a", data);
        return random.nextBoolean() ? event.on("a") : event;
    }

    private static String one(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
