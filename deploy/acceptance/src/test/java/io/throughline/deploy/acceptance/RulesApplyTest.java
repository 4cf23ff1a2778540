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
    void findingsFollowAMilderRule() throws IOException {
        write("PT480H");
        stack.command("rules", "apply", folder.toString(), "--yes").exits(0);
        awaitFindings("withdrawn asked-1", "withdrawn asked-2");
    }

    @Test
    @Order(5)
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
        Files.delete(broken);
        test().exits(0);
    }

    @Test
    @Order(6)
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
    @Order(7)
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
    @Order(8)
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
    @Order(9)
    void whatIsWrongIsRefusedWithItsPlace() {
        var refused = stack.as("analyst").post("/v1/rules/validate", "application/yaml", yaml("tomorrow").getBytes()).with(400).json();
        assertThat(refused.path("code").asText()).isEqualTo("invalid-rule");
        assertThat(refused.at("/errors/0/pointer").asText()).isEqualTo("/within");
        assertThat(refused.at("/errors/0/line").asInt()).isEqualTo(7);
        assertThat(stack.as("viewer").send("/v1/rules/" + RULE, request -> request.DELETE()).status()).isEqualTo(403);
    }

    @Test
    @Order(10)
    void aRuleThatIsRemovedIsWithdrawn() throws IOException {
        Files.delete(folder.resolve("fitting.yaml"));
        Files.writeString(folder.resolve("other.yaml"), yaml("PT72H").replace(RULE, "another"));
        var applied = stack.command("rules", "apply", folder.toString(), "--prune", "--yes").exits(0).out();
        assertThat(applied).containsPattern("removed +" + RULE);
        assertThat(inForce().status()).isEqualTo(404);
        awaitFindings("withdrawn asked-1", "withdrawn asked-2");
        assertThat(stack.command("rules").exits(0).out()).contains("another").contains("promise-broken").doesNotContain(RULE);
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
