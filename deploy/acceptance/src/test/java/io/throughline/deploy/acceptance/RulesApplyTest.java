package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// A folder of rules is brought into force on a running stack, changed, and taken away; findings about what happened long before follow.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RulesApplyTest {

    private static final String RULE = "fitting-confirmed";
    private static final Instant ASKED = Instant.now().minus(Duration.ofDays(10)).truncatedTo(ChronoUnit.MILLIS);
    private static Stack stack;
    private static Path folder;

    /// One who was answered after two days, one who never was.
    @BeforeAll
    static void start() throws Exception {
        stack = Stack.shortLived(Servers.shared(), "rules-apply", Map.of());
        folder = Project.scratch("rules-to-apply");
        Phase.begins(RulesApplyTest.class, "applies a folder of rules, changed again and again");
        var sales = stack.source("/systems/sales");
        sales.post(Events.event("/systems/sales", "asked-1", "fitting-asked.v1", "customer:answered", ASKED)).with(202);
        sales.post(Events.event("/systems/sales", "told-1", "fitting-confirmed.v1", "customer:answered", ASKED.plus(Duration.ofDays(2)))).with(202);
        sales.post(Events.event("/systems/sales", "asked-2", "fitting-asked.v1", "customer:ignored", ASKED)).with(202);
        stack.settled();
    }

    @AfterAll
    static void end() {
        stack.close();
    }

    @Test
    @Order(1)
    void aNewRuleJudgesWhatHappenedBefore() throws IOException {
        write("PT72H");
        assertThat(stack.command("rules", "apply", folder.toString()).exits(1).out()).contains("new").contains(RULE).contains("Nothing was changed.");
        assertThat(inForce().status()).isEqualTo(404);
        stack.command("rules", "apply", folder.toString(), "--yes").exits(0);
        assertThat(inForce().with(200).json().at("/rule/version").asInt()).isEqualTo(1);
        awaitFindings("open asked-2");
    }

    @Test
    @Order(2)
    void whatIsInForceIsNotWrittenAgain() {
        assertThat(stack.command("rules", "apply", folder.toString(), "--yes").exits(0).out()).contains("There is nothing to change.");
        assertThat(versions()).hasSize(1);
    }

    @Test
    @Order(3)
    void findingsFollowAStricterRule() throws IOException {
        write("PT24H");
        assertThat(stack.command("rules", "apply", folder.toString(), "--yes").exits(0).out()).contains("within: PT72H → PT24H");
        awaitFindings("open asked-2", "resolved asked-1");
    }

    @Test
    @Order(4)
    void aRuleIsTriedOnAllThatHappenedBeforeItIsApplied() throws IOException {
        var inForce = EventJson.mapper().readTree(stack.command("rules", "backtest", RULE, "--json").exits(0).out());
        assertThat(inForce.path("findings").toString()).isEqualTo("{\"open\":1,\"resolved\":1,\"suspected\":0}");
        assertThat(inForce.path("examples")).hasSize(2);
        assertThat(stack.command("rules", "backtest", folder.toString()).exits(0).out()).contains("PERSONS", "Who asks for a fitting is told when", "2 persons");
        write("PT72H");
        var milder = stack.command("rules", "backtest", folder.resolve("fitting.yaml").toString(), "--json").exits(0).out();
        assertThat(EventJson.mapper().readTree(milder).path("findings").toString()).isEqualTo("{\"open\":1,\"resolved\":0,\"suspected\":0}");
        assertThat(versions()).hasSize(2);
        assertThat(stack.command("rules", "backtest", "fitting-confirmd").exits(1).err()).contains("did you mean \"" + RULE);
        var wrong = "{ \"definition\": \"id: other\\npattern: init\\nexpect: { type: a }\" }";
        assertThat(stack.as("analyst").post("/v1/rules/" + RULE + "/backtests", "application/json", wrong.getBytes()).with(400).json().path("detail").asText())
                .contains("the id that the path names");
    }

    @Test
    @Order(5)
    void whatIsShownIsARuleFile() throws IOException {
        for (var rule : List.of(RULE, "address-change-unacknowledged")) {
            var shown = stack.command("rules", "show", rule).exits(0).out();
            assertThat(shown).contains(rule.equals(RULE) ? "# Version 2, in force since " : "# Version 1, which comes with the installation.",
                    "# Pattern response: each activation is followed by a match, in time.");
            var file = Files.writeString(Project.scratch("rules-shown").resolve(rule + ".txt"), shown).toString();
            assertThat(CommandLine.run(Map.of(), List.of("rules", "test", file)).exits(0).out()).contains("Sound rules: 1.");
            assertThat(stack.command("rules", "apply", file, "--yes").exits(0).out()).contains("There is nothing to change.");
        }
        assertThat(stack.command("rules", "show", "fitting-confirmd").exits(1).err()).contains("did you mean \"" + RULE);
    }

    @Test
    @Order(6)
    void findingsFollowAMilderRule() throws IOException {
        write("PT480H");
        stack.command("rules", "apply", folder.toString(), "--yes").exits(0);
        awaitFindings("withdrawn asked-1", "withdrawn asked-2");
    }

    @Test
    @Order(7)
    void aFolderWithAFaultChangesNothing() throws IOException {
        write("PT24H");
        var broken = folder.resolve("broken.yaml");
        Files.writeString(broken, """
                id: broken
                pattern: response
                when: { type: a }
                expect: { type: b }
                within: P1D
                """);
        var refused = stack.command("rules", "apply", folder.toString(), "--yes").exits(1);
        assertThat(refused.out()).contains("broken.yaml:5:1 /within: is counted on a calendar");
        assertThat(versions()).hasSize(3);
        test().exits(1);
        for (var hollow : List.of("# nothing yet\n", "[]")) {
            Files.writeString(broken, hollow);
            assertThat(stack.command("rules", "apply", folder.toString(), "--yes").exits(1).out()).contains("broken.yaml: there is no rule in it");
            assertThat(stack.as("viewer").post("/v1/rules/validate", "application/yaml", hollow.getBytes()).with(400).json().at("/errors/0/detail").asText())
                    .isEqualTo("there is no rule in it");
        }
        assertThat(versions()).hasSize(3);
        Files.delete(broken);
        test().exits(0);
    }

    @Test
    @Order(8)
    void whatThereIsToReadIsSaid() throws IOException {
        var place = Project.scratch("no-rules");
        assertThat(CommandLine.run(Map.of(), List.of("rules", "test", place.toString())).exits(2).err()).contains("There are no rules in " + place);
        assertThat(stack.command("rules", "apply", place.toString(), "--yes").exits(2).err()).contains("There are no rules in " + place);
    }

    @Test
    @Order(9)
    void anEarlierVersionIsActivatedFromAMomentOn() {
        var analyst = stack.as("analyst");
        var body = "{ \"version\": 1, \"activeFrom\": \"" + ASKED + "\" }";
        analyst.post("/v1/rules/" + RULE + "/activate", "application/json", body.getBytes()).with(200);
        awaitFindings("open asked-2", "withdrawn asked-1");
        body = "{ \"version\": 1, \"activeFrom\": \"" + ASKED.plusSeconds(1) + "\" }";
        analyst.post("/v1/rules/" + RULE + "/activate", "application/json", body.getBytes()).with(200);
        assertThat(inForce().with(200).json().at("/rule/version").asInt()).isEqualTo(5);
        awaitFindings("open asked-2", "withdrawn asked-1");
    }

    @Test
    @Order(10)
    void aKilledProjectorJudgesByTheSameRulesAgain() {
        var projector = stack.member("projector").pid();
        ProcessHandle.of(projector).orElseThrow().destroyForcibly();
        await().atMost(Duration.ofSeconds(120)).until(() -> stack.member("projector").pid() != projector);
        stack.settled();
        assertThat(inForce().with(200).json().at("/rule/version").asInt()).isEqualTo(5);
        awaitFindings("open asked-2", "withdrawn asked-1");
    }

    /// All based on the same version: one wins, the others are told.
    @Test
    @Order(11)
    void ofManyWhoChangeARuleAtOnceOneWins() throws Exception {
        var analyst = stack.as("analyst");
        try (var writers = Executors.newFixedThreadPool(8)) {
            var puts = IntStream.range(0, 8).<Callable<Integer>>mapToObj(i -> () -> analyst.send("/v1/rules/" + RULE,
                    request -> request.PUT(BodyPublishers.ofString(yaml("PT" + (100 + i) + "H"))).header("Content-Type", "application/yaml")
                            .header("If-Match", "\"5\"")).status()).toList();
            var answers = writers.invokeAll(puts).stream().map(answer -> {
                try {
                    return answer.get();
                } catch (Exception failure) {
                    throw new AssertionError(failure);
                }
            }).toList();
            assertThat(answers).containsOnly(200, 412);
            assertThat(answers.stream().filter(status -> status == 200)).hasSize(1);
        }
        assertThat(versions()).hasSize(6);
    }

    @Test
    @Order(12)
    void whatIsWrongIsRefusedWithItsPlace() {
        var refused = stack.as("analyst").post("/v1/rules/validate", "application/yaml", yaml("tomorrow").getBytes()).with(400).json();
        assertThat(refused.path("code").asText()).isEqualTo("invalid-rule");
        assertThat(refused.at("/errors/0/pointer").asText()).isEqualTo("/within");
        assertThat(refused.at("/errors/0/line").asInt()).isEqualTo(7);
        assertThat(stack.as("viewer").send("/v1/rules/" + RULE, request -> request.DELETE()).status()).isEqualTo(403);
    }

    @Test
    @Order(13)
    void aRuleThatIsRemovedIsWithdrawn() throws IOException {
        Files.delete(folder.resolve("fitting.yaml"));
        Files.writeString(folder.resolve("other.yaml"), yaml("PT72H").replace(RULE, "another"));
        var applied = stack.command("rules", "apply", folder.toString(), "--prune", "--yes").exits(0).out();
        assertThat(applied).containsPattern("removed +" + RULE);
        assertThat(inForce().status()).isEqualTo(404);
        awaitFindings("withdrawn asked-1", "withdrawn asked-2");
        assertThat(stack.command("rules").exits(0).out()).contains("another").contains("promise-broken").doesNotContain(RULE);
    }

    /// One event id, sent for two persons: two findings of one id.
    @Test
    @Order(14)
    void ofSeveralPersonsWithAFindingOfOneIdOneIsNamed() {
        for (var customer : List.of("customer:one", "customer:two")) {
            stack.source("/systems/sales").post(Events.event("/systems/sales", "asked-3", "fitting-asked.v1", customer, ASKED)).with(202);
        }
        var analyst = stack.as("analyst");
        await().atMost(Duration.ofSeconds(60)).until(() -> analyst.get("/v1/findings", "rule", "another").with(200).json().path("items").valueStream()
                .filter(finding -> finding.at("/activation/0/id").asText().equals("asked-3")).count() == 2);
        var findings = analyst.get("/v1/findings", "rule", "another").with(200).json().path("items").valueStream()
                .filter(finding -> finding.at("/activation/0/id").asText().equals("asked-3")).toList();
        var id = findings.getFirst().path("id").asText();
        var persons = findings.stream().map(finding -> finding.path("person").asText()).toList();
        assertThat(findings.getLast().path("id").asText()).isEqualTo(id);
        assertThat(analyst.get("/v1/findings/" + id).with(409).json().path("detail").asText()).contains(persons);
        assertThat(stack.command("findings", "dismiss", id, "--reason", "settled").exits(3).err()).contains(persons);
        assertThat(stack.command("journey", id).exits(2).err()).contains(persons);
        for (var person : persons) {
            stack.command("findings", "dismiss", id, "--person", person, "--reason", "settled").exits(0);
            await().atMost(Duration.ofSeconds(60)).until(() -> analyst.get("/v1/findings/" + id, "person", person).with(200).json().at("/dismissal/reason").asText()
                    .equals("settled"));
        }
        assertThat(analyst.get("/v1/findings/" + id, "person", "0".repeat(32)).with(404).json().path("code").asText()).isEqualTo("finding-unknown");
    }

    @Test
    @Order(15)
    void aRuleIsRemovedByItsName() {
        assertThat(stack.command("rules", "remove", "promise-broken", "--yes").exits(3).err()).contains("comes with the installation");
        assertThat(stack.command("rules", "remove", "anothr", "--yes").exits(1).err()).contains("did you mean \"another");
        assertThat(stack.command("rules", "remove", "another").exits(1).err()).contains("--yes", "Nothing was changed.");
        stack.command("rules", "remove", "another", "--yes").exits(0);
        stack.as("viewer").get("/v1/rules/another").with(404);
    }

    /// An empty folder may be the wrong one.
    @Test
    @Order(16)
    void theLastRulesAreRemovedWhereThatIsSaid() throws IOException {
        stack.command("rules", "apply", folder.toString(), "--yes").exits(0);
        Files.delete(folder.resolve("other.yaml"));
        var prune = List.of("rules", "apply", folder.toString(), "--prune", "--yes").toArray(String[]::new);
        assertThat(stack.command(prune).exits(2).err()).contains("would remove all that were defined, 1", "--remove-all");
        stack.as("viewer").get("/v1/rules/another").with(200);
        assertThat(stack.command("rules", "apply", folder.toString(), "--prune", "--yes", "--remove-all").exits(0).out()).containsPattern("removed +another");
        stack.as("viewer").get("/v1/rules/another").with(404);
        assertThat(stack.command(prune).exits(0).out()).contains("There is nothing to change.");
    }

    /// Without a stack.
    private static CommandLine.Result test() {
        return CommandLine.run(Map.of(), List.of("rules", "test", folder.toString()));
    }

    private static void write(String within) throws IOException {
        Files.writeString(folder.resolve("fitting.yaml"), yaml(within));
    }

    private static String yaml(String within) {
        return """
                id: fitting-confirmed
                title: Who asks for a fitting is told when
                severity: low
                pattern: response
                when: { type: fitting-asked.v1 }
                expect: { type: fitting-confirmed.v1 }
                within: %s
                """.formatted(within);
    }

    private static Client.Answer inForce() {
        return stack.as("viewer").get("/v1/rules/" + RULE);
    }

    private static JsonNode versions() {
        return stack.as("viewer").get("/v1/rules/" + RULE + "/versions").with(200).json().path("items");
    }

    private static void awaitFindings(String... expected) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(findings()).containsExactly(expected));
    }

    private static List<String> findings() throws IOException {
        var answer = stack.as("analyst").get("/v1/findings", "rule", RULE).with(200).body();
        return EventJson.mapper().readTree(answer).path("items").valueStream()
                .map(finding -> finding.path("status").asText() + " " + finding.at("/activation/0/id").asText()).sorted().toList();
    }
}
