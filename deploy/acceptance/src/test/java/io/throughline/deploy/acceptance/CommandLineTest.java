package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// The command line as a person and as a program use it, on a stack that is whole: its own broker and database.
class CommandLineTest {
    private static final String CUSTOMER = "customer:cli";
    private static final Set<String> SHIPPED = Set.of(
            "address-change-unacknowledged", "stale-address-on-dispatch", "outage-notice-to-unaffected",
            "advice-already-followed", "already-entitled-offer", "marketing-during-open-complaint", "asked-again",
            "promise-broken", "contradictory-answers", "repeat-contact", "password-reset-spiral",
            "password-reset-call", "abandoned-checkout", "abandoned-form", "abandoned-call", "abandoned-chat",
            "lead-gone-cold", "warranty-unsettled", "undelivered", "contact-after-leaving",
            "marketing-without-consent", "inconsistent-quote");

    private static Stack stack;
    private static CommandLine.Result importOfGood;
    private static CommandLine.Result importWithBadLine;

    @BeforeAll
    static void start() throws Exception {
        stack = Stack.whole("command-line", Stack.BY_EFFORT);
        Phase.begins(CommandLineTest.class, "runs some thirty commands, each as a process");
        var folder = Project.scratch("command-line-files");
        importOfGood = stack.command("import", write(folder, "good.ndjson", addressChanged("cli-1").toString(), dispatched("cli-2").toString()));
        importWithBadLine = stack.command("import", "--known-when-occurred", write(folder, "bad.ndjson", addressChanged("cli-3").toString(), "this is no event",
                dispatched("cli-4").toString()));
        stack.settled();
    }

    @AfterAll
    static void end() {
        stack.close();
    }

    private static String write(Path folder, String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines)).toString();
    }

    private static ObjectNode addressChanged(String id) {
        var event = Events.event("/channels/self-service", id, "address-changed.v1", CUSTOMER, Instant.parse("2026-03-02T18:12:00Z"));
        event.withObject("data").put("addressId", "home").put("kind", "postal").put("version", 1).putObject("address").put("city", "Bristol");
        return event;
    }

    private static ObjectNode dispatched(String id) {
        var event = Events.event("/systems/card-dispatch", id, "card-dispatched.v1", CUSTOMER, Instant.parse("2026-03-16T07:30:00Z"));
        event.withObject("data").put("cardId", id).putObject("address").put("city", "Leeds");
        return event;
    }

    private static List<JsonNode> json(CommandLine.Result result) throws IOException {
        var documents = new ArrayList<JsonNode>();
        for (var line : result.lines()) {
            documents.add(EventJson.mapper().readTree(line));
        }
        return documents;
    }

    @Test
    void importSaysHowManyWereAccepted() {
        assertThat(importOfGood.exits(0).out()).contains("2 lines: 2 accepted, 0 refused");
    }

    @Test
    void importNamesTheBadLineAndTakesTheOthers() {
        assertThat(importWithBadLine.exits(1).out()).contains("3 lines: 2 accepted, 1 refused");
        assertThat(importWithBadLine.lines()).anySatisfy(line -> assertThat(line).startsWith("2 ").contains("malformed-json"));
    }

    /// Through the gateway and back: the line that the summary names is in the file to be mended, and the summary says what to type next.
    @Test
    void theRefusedLineIsHadBack() throws IOException {
        var kept = importWithBadLine.lines().stream().filter(line -> line.startsWith("The refused lines are in ")).findFirst().orElseThrow()
                .substring("The refused lines are in ".length());
        assertThat(Path.of(kept)).hasContent("this is no event");
        assertThat(importWithBadLine.out()).contains("./throughline import " + kept, "./throughline status", "./throughline journey " + CUSTOMER);
    }

    @Test
    void importOfAFileThatIsNotThereIsWrongUsage() {
        assertThat(stack.command("import", "/nowhere.ndjson").exits(2).err()).contains("/nowhere.ndjson");
    }

    @Test
    void journeyShowsTouchpointsWithTheirFindings() {
        assertThat(stack.command("journey", CUSTOMER).exits(0).out())
                .contains("4 touchpoints", "address-changed.v1", "card-dispatched.v1", "Leeds", "stale-address-on-dispatch (open)");
    }

    @Test
    void aJourneyAndWhatIsSaidOfItAreInOneZone() {
        assertThat(stack.command("journey", CUSTOMER, "--zone", "Asia/Tokyo").exits(0).out())
                .contains("WHEN (Asia/Tokyo)", "2026-03-03 03:12:00", "had until 4 March 2026, 03:12 to learn it");
    }

    @Test
    void journeyGivesProgramsOneDocumentALine() throws IOException {
        var documents = json(stack.command("journey", CUSTOMER, "--json").exits(0));
        assertThat(documents).filteredOn(document -> document.has("occurredAt")).extracting(document -> document.path("id").asText())
                .containsExactlyInAnyOrder("cli-1", "cli-2", "cli-3", "cli-4");
        assertThat(documents).filteredOn(document -> document.has("rule")).isNotEmpty();
        assertThat(documents).filteredOn(document -> document.path("type").asText().equals("address-changed.v1")).as("of an import, and of one that says it")
                .extracting(document -> document.path("knownTime").asText()).containsExactlyInAnyOrder("unknown", "2026-03-02T18:12:00Z");
    }

    @Test
    void journeyAsOfAnEarlierTimeShowsLess() throws IOException {
        var documents = json(stack.command("journey", CUSTOMER, "--as-of", "2026-03-03T00:00:00Z", "--json").exits(0));
        assertThat(documents).filteredOn(document -> document.has("occurredAt")).hasSize(2);
    }

    @Test
    void journeyOfNobodySaysSo() {
        assertThat(stack.command("journey", "customer:nobody").exits(1).err()).contains("No such person");
    }

    @Test
    void journeysAreFoundAndFindingsAreCountedAndExported() throws IOException {
        var found = json(stack.command("journeys", "--rule", "stale-address-on-dispatch,promise-broken", "--status", "open,resolved", "--json").exits(0));
        assertThat(found).singleElement().satisfies(journey -> assertThat(journey.path("findings").asInt()).isPositive());
        assertThat(stack.command("journeys", "--type", "address-changed.v1", "--csv").exits(0).lines()).hasSize(2).first().asString().startsWith("person,journey,");
        assertThat(stack.command("findings", "summary", "--by", "rule,week").exits(0).out()).contains("stale-address-on-dispatch", "2026-03-16", "FINDINGS");
        assertThat(stack.command("findings", "--csv", "--rule", "stale-address-on-dispatch").exits(0).lines()).first().asString().startsWith("id,rule,");
        assertThat(stack.command("findings", "--csv", "--rule", "stale-adress-on-dispatch").exits(2).err()).contains("did you mean");
    }

    @Test
    void findingsAreListedAndFiltered() throws IOException {
        assertThat(stack.command("findings", "--status", "open").exits(0).out()).contains("stale-address-on-dispatch", "SEVERITY");
        assertThat(json(stack.command("findings", "--rule", "stale-address-on-dispatch", "--json").exits(0)))
                .hasSize(2).allSatisfy(finding -> assertThat(finding.path("rule").asText()).isEqualTo("stale-address-on-dispatch"));
        assertThat(stack.command("findings", "--status", "purple").exits(2).err()).contains("must be one of");
    }

    @Test
    void receiptSaysWhereAnEventIs() throws IOException {
        assertThat(stack.command("receipt", "/systems/card-dispatch", "cli-2").exits(0).out()).contains("projected", "stale-address-on-dispatch");
        assertThat(json(stack.command("receipt", "/systems/card-dispatch", "cli-2", "--json").exits(0)).getFirst().path("status").asText())
                .isEqualTo("projected");
        assertThat(stack.command("receipt", "/systems/card-dispatch", "never-sent").exits(1).out()).contains("unknown");
    }

    @Test
    void explainSaysWhyAndWhyNot() throws IOException {
        assertThat(stack.command("explain", CUSTOMER, "stale-address-on-dispatch").exits(0).out())
                .contains("The rule applied 2 times: 2 violated.", "card-dispatched.v1 of 16 March 2026", "the value in force (/channels/self-service#cli-");
        assertThat(stack.command("explain", CUSTOMER, "stale-address-on-dispatch", "--zone", "Asia/Tokyo").exits(0).out())
                .contains("(Asia/Tokyo)", "card-dispatched.v1 of 16 March 2026, 16:30", "The company knew the right value by then: the process failed, not the data.")
                .doesNotContain("came late");
        assertThat(stack.command("explain", CUSTOMER, "promise-broken").exits(0).out())
                .contains("The rule did not apply: no event is of a type that `when` looks for: promise-made.v1.");
        var json = json(stack.command("explain", CUSTOMER, "address-change-unacknowledged", "--json").exits(0)).getFirst();
        assertThat(json.path("verdicts").path("violated").asInt()).isEqualTo(2);
        assertThat(stack.command("explain", CUSTOMER, "no-such-rule").exits(2).err()).contains("rule names no rule that there is");
        assertThat(stack.command("explain", "customer:nobody", "promise-broken").exits(1).err()).contains("No such person");
    }

    @Test
    void whatListsShowIsTakenForACustomer() throws IOException {
        var finding = json(stack.command("findings", "--rule", "stale-address-on-dispatch", "--limit", "1", "--json").exits(0)).getFirst();
        for (var shown : List.of(finding.path("id").asText(), finding.path("person").asText())) {
            assertThat(stack.command("journey", shown).exits(0).out()).contains("4 touchpoints");
        }
        assertThat(stack.command("explain", finding.path("id").asText()).exits(0).out()).contains("The rule applied 2 times");
        assertThat(stack.command("explain", finding.path("person").asText()).exits(2).err()).contains("Say which RULE");
    }

    @Test
    void whyIsSaidInPlainTextToo() {
        var client = stack.as("viewer");
        var journey = client.post("/v1/persons/lookup", "application/json", ("{\"identity\":\"" + CUSTOMER + "\"}").getBytes(UTF_8)).with(200).json()
                .path("journey").asText();
        var path = journey + "/explain?rule=stale-address-on-dispatch&limit=1";
        var text = client.send(path, request -> request.GET().setHeader("Accept", "text/plain")).with(200);
        assertThat(text.contentType()).startsWith("text/plain");
        assertThat(text.text()).contains("Not shown: 1 more.");
        assertThat(client.get(path + "&asOf=2100-01-01T00:00:00Z").with(400).json().path("code").asText()).isEqualTo("as-of-ahead");
    }

    @Test
    void sourcesSayHowLongTheyAreSilent() throws IOException {
        assertThat(stack.command("sources").exits(0).out()).contains("SILENT FOR", "/channels/self-service", "not registered");
        assertThat(json(stack.command("sources", "--json").exits(0))).extracting(source -> source.path("source").asText())
                .containsExactly("/channels/self-service", "/systems/card-dispatch");
    }

    @Test
    void statusShowsProcessesAndPartitions() throws IOException {
        assertThat(stack.command("status").exits(0).out())
                .contains("kafka", "postgres", "ingest", "projector", "gateway", "touchpoints-0", "touchpoints-5", "4 touchpoints in 1 journeys");
        var json = json(stack.command("status", "--json").exits(0)).getFirst();
        assertThat(json.path("stack").path("phase").asText()).isEqualTo("READY");
        assertThat(json.path("projection").path("touchpoints").asLong()).isEqualTo(4);
    }

    /// In a whole run they are trained. A JVM that could not use what was learned would say nothing, and the suite would be slow.
    @Test
    @EnabledOnOs(OS.LINUX)
    void itsServicesStartFromWhatTheirTrainingLearned() throws IOException {
        for (var service : List.of("ingest", "projector")) {
            var process = ProcessHandle.of(stack.member(service).pid()).orElseThrow();
            assumeThat(process.info().commandLine().orElseThrow()).as("trained").contains("-XX:AOTCache=");
            assertThat(Files.readString(Path.of("/proc", Long.toString(process.pid()), "maps"))).as(service).contains(".aot");
        }
    }

    @Test
    void statusShowsWhereHealthAndFiguresAre() throws Exception {
        var members = json(stack.command("status", "--json").exits(0)).getFirst().at("/stack/members");
        for (var member : members) {
            assertThat(member.hasNonNull("managementPort")).as(member.toString()).isEqualTo(Set.of("ingest", "projector").contains(member.path("name").asText()));
            if (member.hasNonNull("managementPort")) {
                var metrics = URI.create("http://127.0.0.1:" + member.path("managementPort").asInt() + "/q/metrics").toURL();
                try (var body = metrics.openStream()) {
                    assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).contains("# HELP");
                }
            }
        }
    }

    /// PostgreSQL has a form of its own. Of the others the first lines are looked at: later ones may be a failure with its trace.
    @Test
    void aFirstStartLeavesLogsOfOneFormWithoutWarnings() throws IOException {
        for (var process : List.of("ingest", "projector", "supervisor", "kafka")) {
            var lines = Files.readAllLines(stack.folder().log(process)).stream().filter(line -> !line.startsWith("NOTE: Picked up JDK_JAVA_OPTIONS"));
            assertThat(lines.limit(5)).as(process).isNotEmpty()
                    .allSatisfy(line -> assertThat(line).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (INFO |WARN |ERROR|DEBUG) \\S.*"));
        }
        assertThat(Files.readAllLines(stack.folder().log("ingest")).stream().takeWhile(line -> !line.contains("The log takes events")))
                .isNotEmpty().noneMatch(line -> line.contains(" WARN "));
        assertThat(Files.readAllLines(stack.folder().log("postgres")).stream().limit(5)).isNotEmpty().allMatch(line -> line.contains(" UTC "));
    }

    @Test
    void aNewKeyIsInForceWhenTheCommandEnds() {
        var first = stack.command("token", "/channels/kiosk", "--new").exits(0).lines().getFirst();
        stack.client(first).get("/v1/sources").with(200);
        var second = stack.command("token", "/channels/kiosk", "--new").exits(0).lines().getFirst();
        stack.client(first).get("/v1/sources").with(401);
        assertThat(stack.command("token", "/channels/kiosk").exits(0).lines()).containsExactly(second);
        assertThat(stack.command("token", "operater", "--new").exits(2).err()).contains("is no role", "operator");
    }

    @Test
    void aSecondUpSaysThatItIsUp() {
        assertThat(stack.command("up", "--port", Integer.toString(stack.port())).exits(0).out()).contains("up already");
    }

    @Test
    void theRulebookHoldsTheShippedRules() throws IOException {
        var rules = json(stack.command("rules", "--json").exits(0));
        assertThat(rules.stream().map(rule -> rule.path("id").asText())).containsExactlyInAnyOrderElementsOf(SHIPPED);
    }

    @Test
    void wrongUsageIsExplained() {
        assertThat(stack.command("journey").exits(2).err()).contains("IDENTITY");
    }

    @Test
    void aStackThatIsNotThereIsSaidNotToBe() throws IOException {
        var nowhere = Project.scratch("no-stack").toString();
        assertThat(CommandLine.run(Map.of(), List.of("findings", "--var", nowhere)).exits(3).err()).contains("./throughline up");
        assertThat(CommandLine.run(Map.of(), List.of("status", "--var", nowhere)).exits(1).out()).contains("down");
    }
}
