package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.deploy.acceptance.DeclareRule.Figures;
import io.throughline.events.json.EventJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// What the API says of a data set as of its last instant.
///
/// @param figures by rule: counts of a back-test, and the cases whose journeys tell of a violation
record Answers(List<Case> cases, Map<String, Figures> figures) {
    private static final int READERS = 8;
    /// More are refused.
    private static final int BACKTESTS = 2;
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration BACKTEST_LIMIT = Duration.ofSeconds(120);

    /// @param person to whom the journey belongs
    /// @param types of the journey's touchpoints, in order
    /// @param violated rules
    record Case(String id, String person, List<String> types, Set<String> violated) {
        private static Case of(String id, JsonNode journey) {
            return new Case(id, journey.path("person").asText(),
                    journey.path("touchpoints").valueStream().map(touchpoint -> touchpoint.path("type").asText()).toList(),
                    Told.of(journey).stream().filter(told -> told.verdict().equals("violated")).map(Told::rule).collect(toSet()));
        }
    }

    /// Asks after each case by its identity.
    static Answers of(Client analyst, DataSet set, DeclareRule.Reading reading) throws Exception {
        return of(analyst, set, reading, each(READERS, set.caseIds(), id -> Case.of(id,
                journey(analyst, "/v1/journeys", "identity", DataSet.subject(id), "asOf", set.asOf(), "limit", "500"))));
    }

    /// Asks after the same cases a second time, by their persons.
    Answers again(Client analyst, DataSet set, DeclareRule.Reading reading) throws Exception {
        return of(analyst, set, reading, each(READERS, cases, one -> Case.of(one.id,
                journey(analyst, "/v1/journeys/" + one.person, "asOf", set.asOf(), "limit", "500"))));
    }

    /// Asks again where the projector is busy with what was asked before, as its answer says to.
    private static JsonNode journey(Client analyst, String path, String... parameters) {
        return await().atMost(BACKTEST_LIMIT).pollDelay(Duration.ZERO).until(() -> analyst.get(path, parameters), answer -> answer.status() != 503)
                .with(200).json();
    }

    private static Answers of(Client analyst, DataSet set, DeclareRule.Reading reading, List<Case> cases) throws Exception {
        var rules = set.rules(reading).stream().map(DeclareRule::id).toList();
        var backtests = each(BACKTESTS, rules, rule -> backtest(analyst, rule, set.asOf()));
        var figures = new TreeMap<String, Figures>();
        for (int i = 0; i < rules.size(); i++) {
            figures.put(rules.get(i), figures(backtests.get(i), violating(rules.get(i), cases)));
        }
        return new Answers(cases, figures);
    }

    /// @return the whole back-test of this rule
    static JsonNode backtest(Client analyst, String rule, String asOf) {
        var body = EventJson.mapper().createObjectNode().put("asOf", asOf);
        var started = analyst.post("/v1/rules/" + rule + "/backtests", "application/json", body.toString().getBytes(UTF_8)).with(202).json();
        var path = "/v1/backtests/" + started.path("id").asText();
        var ended = await().atMost(BACKTEST_LIMIT).pollDelay(Duration.ZERO).pollInterval(POLL)
                .until(() -> analyst.get(path).with(200).json(), view -> !view.path("status").asText().equals("running"));
        assertThat(ended.path("status").asText()).as("back-test of %s: %s", rule, ended).isEqualTo("done");
        return ended;
    }

    private static List<String> violating(String rule, List<Case> cases) {
        return cases.stream().filter(one -> one.violated.contains(rule)).map(Case::id).sorted().toList();
    }

    private static Figures figures(JsonNode backtest, List<String> violating) {
        var verdicts = backtest.path("verdicts");
        return new Figures(backtest.path("activations").asLong(), verdicts.path("satisfied").asLong(), verdicts.path("violated").asLong(),
                verdicts.path("pending").asLong(), verdicts.path("undetermined").asLong(), backtest.path("journeysAffected").asLong(), sha256(violating));
    }

    private static String sha256(List<String> cases) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(String.join("\n", cases).getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// In the order of the questions, so many at a time.
    private static <Q, A> List<A> each(int atATime, Collection<Q> questions, Function<Q, A> ask) throws Exception {
        try (var askers = Executors.newFixedThreadPool(atATime)) {
            var answers = askers.invokeAll(questions.stream().<Callable<A>>map(question -> () -> ask.apply(question)).toList());
            var all = new ArrayList<A>();
            for (var answer : answers) {
                all.add(answer.get()); // with the cause, should there be no answer
            }
            return all;
        }
    }
}
