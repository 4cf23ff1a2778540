package io.throughline.journey.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.Token;
import io.throughline.journey.Position;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.query.FindingGroup;
import io.throughline.journey.query.Journeys;
import io.throughline.journey.query.Meta;
import io.throughline.journey.query.Status;
import io.throughline.journey.rule.Event;
import io.throughline.journey.rule.Rule;
import io.throughline.journey.rule.Watermarks;
import io.throughline.journey.rule.file.RuleFiles;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacktestTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final int PERSONS = 10;

    @Test
    void countsWhatItFinds() {
        var view = test(rule("pattern: precedence, when: { type: a }, expect: { type: b }"), 100, Backtest.MOST_WORK);
        assertThat(view.status()).isEqualTo("done");
        assertThat(view.verdicts()).isEqualTo(new Counts(0, 1_000, 0, 0));
        assertThat(view.journeys()).isEqualTo(PERSONS);
        assertThat(view.journeysAffected()).isEqualTo(PERSONS);
        assertThat(view.journeysOverrun()).isZero();
        assertThat(view.findings()).isEqualTo(new BacktestView.Findings(1_000, 0, 0));
        assertThat(view.cost()).isNull();
        assertThat(view.examples()).hasSize(5).extracting(BacktestView.Example::person).doesNotHaveDuplicates();
    }

    @Test
    void saysWhatItWouldTellAndWhatThatCosts() {
        var view = test(rule("title: 'Late by {deadline}', cost: { amount: '0.10', currency: EUR }, pattern: response, when: { type: a }, expect: { type: a }, "
                + "within: PT0.5S"), 3, Backtest.MOST_WORK);
        assertThat(view.findings()).isEqualTo(new BacktestView.Findings(PERSONS, 2 * PERSONS, 0));
        assertThat(view.cost()).isEqualTo(new FindingGroup.Sum("3.00", "EUR"));
        assertThat(view.examples().getFirst()).satisfies(example -> {
            assertThat(example.status()).isEqualTo("resolved");
            assertThat(example.activationAt()).isEqualTo(START);
            assertThat(example.explanation()).startsWith("Late by 1 January 2026");
        });
    }

    @Test
    void endsWithASentenceWhenItTakesTooMuchWork() {
        var view = test(rule("pattern: precedence, when: { type: a }, expect: { type: b }"), 100, 250);
        assertThat(view.status()).isEqualTo("failed");
        assertThat(view.failure()).startsWith("The rule takes more work than a back-test may (250 units)");
        assertThat(view.journeys()).isEqualTo(3);
    }

    @Test
    void countsThePersonsOfWhomTheRuleCannotTell() {
        var view = test(rule("pattern: not-precedence, when: { type: a }, forbid: { type: a }"), 3_000, Backtest.MOST_WORK);
        assertThat(view.status()).isEqualTo("done");
        assertThat(view.journeysOverrun()).isEqualTo(PERSONS);
        assertThat(view.verdicts().undetermined()).isEqualTo(PERSONS);
        assertThat(view.verdicts().violated()).isGreaterThan(1_000 * PERSONS);
    }

    private static Rule rule(String members) {
        return RuleFiles.read("r.yaml", "{ id: r, " + members + " }").rules().getFirst();
    }

    private static BacktestView test(Rule rule, int events, long mostWork) {
        var backtest = new Backtest("b", rule, BacktestRequest.ALL, journeys(events), NOW, mostWork);
        backtest.run();
        return backtest.view();
    }

    /// Of each person as many events of type `a`, a second apart. Only what a back-test asks is answered.
    private static Journeys journeys(int events) {
        var snapshot = (Journeys.Snapshot) Proxy.newProxyInstance(BacktestTest.class.getClassLoader(), new Class<?>[] {Journeys.Snapshot.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "status" -> new Status(1, List.of(), 0, 0, 0, 0, PERSONS, 0, new TreeMap<>(), List.of(), meta());
                    case "watermarks" -> Watermarks.none();
                    case "persons" -> arguments[0] == null ? persons() : List.of();
                    case "journeys" -> {
                        @SuppressWarnings("unchecked")
                        var consumer = (Consumer<Iterator<Touchpoint>>) arguments[2];
                        @SuppressWarnings("unchecked")
                        var some = (Collection<Token>) arguments[0];
                        consumer.accept(touchpoints(some, events));
                        yield null;
                    }
                    default -> throw new AssertionError(method);
                });
        return new Journeys() {
            @Override
            public <T> T read(Function<Snapshot, T> question) {
                return question.apply(snapshot);
            }
        };
    }

    private static Meta meta() {
        var positions = new TreeMap<String, Long>();
        positions.put("touchpoints-0", 1L);
        return new Meta(1, positions, 0, 0, NOW, NOW);
    }

    private static List<Token> persons() {
        var persons = new ArrayList<Token>();
        for (int i = 0; i < PERSONS; i++) {
            persons.add(new Token(new UUID(1, i)));
        }
        return persons;
    }

    private static Iterator<Touchpoint> touchpoints(Collection<Token> persons, int events) {
        return persons.stream().flatMap(person -> IntStream.range(0, events).mapToObj(i -> touchpoint(person, i))).iterator();
    }

    private static Touchpoint touchpoint(Token person, int number) {
        var event = Event.event(START.plusSeconds(number).toString(), "a").named("e" + number).touchpoint();
        return new Touchpoint(person, event.namespace(), event.key(), event.attributes(), event.order(), event.contentHash(), event.recordedAt(),
                new Position("touchpoints", 0, 0), event.payload());
    }
}
