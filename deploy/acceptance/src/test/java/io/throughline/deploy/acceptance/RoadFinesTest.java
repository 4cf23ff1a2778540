package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.deploy.acceptance.FineRules.FineRule;
import io.throughline.events.json.EventJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A real log, imported whole by the command line, gives the figures that an independent program found in it.
class RoadFinesTest {
    private static final Path LOG = Project.shared("data/road_fines_2000.cloudevents.ndjson.gz");
    private static final FineRules FINES = FineRules.read();
    private static final int READERS = 8;

    private static Stack stack;
    private static CommandLine.Result imported;
    private static JsonNode status;
    private static Map<String, JsonNode> journeys;

    @BeforeAll
    static void importAll() throws Exception {
        var rules = FINES.write(Project.scratch("fine-rules"));
        stack = Stack.on(Servers.shared(), "road-fines", Map.of("THROUGHLINE_RULES", rules.toString()));
        imported = stack.command("import", LOG.toString(), "--json");
        status = stack.settled();
        journeys = readJourneys();
    }

    @AfterAll
    static void end() {
        stack.close();
    }

    /// The journey of every case in the log, as of the log's last instant.
    private static Map<String, JsonNode> readJourneys() throws Exception {
        var analyst = stack.as("analyst");
        var found = new TreeMap<String, JsonNode>();
        try (var readers = Executors.newFixedThreadPool(READERS)) {
            var subjects = subjects();
            var questions = subjects.stream().<Callable<JsonNode>>map(subject ->
                    () -> analyst.get("/v1/journeys", "identity", subject, "asOf", FINES.asOf(), "limit", "500").with(200).json()).toList();
            var answers = readers.invokeAll(questions);
            for (int i = 0; i < answers.size(); i++) {
                found.put(subjects.get(i), answers.get(i).get());
            }
        }
        return found;
    }

    private static List<String> subjects() throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(LOG)), UTF_8))) {
            var subjects = new ArrayList<String>();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                subjects.add(EventJson.mapper().readTree(line).path("subject").asText());
            }
            return subjects.stream().distinct().toList();
        }
    }

    @Test
    void theCommandLineImportsEveryLine() throws IOException {
        var summary = EventJson.mapper().readTree(imported.exits(0).out());
        assertThat(summary.path("accepted").asLong()).isEqualTo(FINES.profile().path("events").asLong());
        assertThat(summary.path("refused").asLong()).isZero();
    }

    @Test
    void journeysAndEventsAreAsManyAsInTheLog() {
        assertThat(status.path("journeys").asLong()).isEqualTo(FINES.profile().path("cases").asLong()).isEqualTo(journeys.size());
        assertThat(status.path("touchpoints").asLong()).isEqualTo(FINES.profile().path("events").asLong());
    }

    @Test
    void eachTypeIsThereAsOftenAsInTheLog() {
        var counts = journeys.values().stream().flatMap(journey -> journey.path("touchpoints").valueStream())
                .collect(groupingBy(touchpoint -> touchpoint.path("type").asText(), counting()));
        var expected = new TreeMap<String, Long>();
        FINES.profile().path("type_counts").properties().forEach(type -> expected.put(type.getKey(), type.getValue().asLong()));
        assertThat(counts).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void aBacktestGivesTheExpectedCounts(FineRule rule) {
        var figures = backtest(rule);
        assertThat(figures.path("activations").asLong()).as("activations").isEqualTo(rule.activations());
        for (var verdict : List.of("satisfied", "violated", "pending")) {
            assertThat(figures.path("verdicts").path(verdict).asLong()).as(verdict).isEqualTo(rule.open().path(verdict).asLong());
        }
        assertThat(figures.path("verdicts").path("undetermined").asLong()).as("undetermined").isZero();
        assertThat(figures.path("journeysAffected").asLong()).as("journeys affected").isEqualTo(rule.open().path("violating_cases").asLong());
    }

    private static JsonNode backtest(FineRule rule) {
        var analyst = stack.as("analyst");
        var body = "{\"asOf\":\"" + FINES.asOf() + "\"}";
        var started = analyst.post("/v1/rules/" + rule.id() + "/backtests", "application/json", body.getBytes(UTF_8)).with(202).json();
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> analyst.get("/v1/backtests/" + started.path("id").asText()).with(200).json(), view -> !view.path("status").asText().equals("running"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void theSameCasesAreViolating(FineRule rule) throws Exception {
        var cases = journeys.entrySet().stream()
                .filter(journey -> Told.of(journey.getValue()).stream().anyMatch(told -> told.rule().equals(rule.id()) && told.verdict().equals("violated")))
                .map(journey -> journey.getKey().substring("case:".length()))
                .sorted()
                .toList();
        assertThat(cases).hasSize(rule.open().path("violating_cases").asInt());
        var hash = MessageDigest.getInstance("SHA-256").digest(cases.stream().collect(joining("\n")).getBytes(UTF_8));
        assertThat(HexFormat.of().formatHex(hash)).isEqualTo(rule.open().path("violating_cases_sha256").asText());
    }

    @Test
    void rulesInCalendarDaysAreAmongThem() {
        assertThat(FINES.rules()).extracting(rule -> rule.definition().path("within").asText()).contains("P60D", "P90D", "PT1440H");
    }

    static Stream<FineRule> rules() {
        return FINES.rules().stream();
    }
}
