package io.throughline.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What people see, with data that does not mean well.
class PrintedTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void columnsAreAligned() {
        new Table(terminal(0), "A", "LONGER").row("value", 1).row("v", "x").print();
        assertThat(lines()).containsExactly("A      LONGER", "value  1", "v      x");
    }

    @Test
    void onATerminalTheLastColumnIsWrappedBetweenWords() {
        new Table(terminal(40), "A", "B").row("a", "one two three four five six seven eight nine ten").print();
        assertThat(lines()).containsExactly("A  B", "a  one two three four five six seven", "   eight nine ten");
        new Table(terminal(0), "A", "B").row("a", "b".repeat(100)).print();
        assertThat(lines().getLast()).hasSize(103);
    }

    @Test
    void whatHasNoRoomBesideTheOthersStandsBelowThem() {
        new Table(terminal(50), "CHANGED", "RULE", "ABOUT", "WHAT").row("2026-03-02 18:12:00", "stale-address", "0123456789abcdef0123456789abcdef",
                "Sent to the old home in Mill Lane, Leeds, and not to Harbour View").print();
        assertThat(lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(50));
        assertThat(String.join(" ", lines()).replaceAll(" +", " ")).contains("0123456789abcdef0123456789abcdef", "Mill Lane, Leeds, and not to Harbour View");
    }

    @Test
    void aNarrowTerminalDoesWithoutWhatIsDispensable() {
        new Table(terminal(30), "PROCESS", "UP SINCE", "FOR").dispensable("UP SINCE").row("kafka", "2026-03-02 18:12:00", "40 s").print();
        assertThat(lines()).containsExactly("PROCESS  FOR", "kafka    40 s");
        new Table(terminal(80), "PROCESS", "UP SINCE", "FOR").dispensable("UP SINCE").row("kafka", "2026-03-02 18:12:00", "40 s").print();
        assertThat(lines().getLast()).contains("18:12:00");
    }

    @Test
    void bothAddressesAreSeenOnANarrowTerminal() throws Exception {
        var touchpoint = JSON.readTree("""
                { "source": "/channels/self-service", "id": "1", "type": "address-change-acknowledged.v1", "occurredAt": "2026-03-02T18:12:00Z",
                  "data": { "addressId": "home", "old": { "lines": ["3 Mill Lane"], "city": "Leeds" }, "new": { "lines": ["7 Harbour View"], "city": "Bristol" } } }""");
        var finding = JSON.readTree("""
                { "rule": "stale-address-on-dispatch", "severity": "high", "status": "open", "activation": [ { "source": "/channels/self-service", "id": "1" } ],
                  "explanation": "The card was sent to 3 Mill Lane, Leeds, fourteen days after the customer had moved to 7 Harbour View, Bristol." }""");
        new JourneyView(terminal(80), ZoneOffset.UTC).print("customer:ada", new Journey.Shown(List.of(touchpoint), false, List.of(finding), 1));
        assertThat(lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(String.join("\n", lines())).contains("3 Mill Lane, Leeds", "7 Harbour View, Bristol", "HIGH");
    }

    @Test
    void progressSaysWhatIsCountedAndOfHowMany() {
        assertThat(Bar.line(3, 12, "MB handed in", Duration.ofSeconds(7))).isEqualTo("  [#####...............] 3 of 12 MB handed in · 7 s");
        assertThat(Bar.line(3, 0, "MB handed in", Duration.ofSeconds(7))).isEqualTo("  3 MB handed in · 7 s");
        assertThat(Bar.line(13, 12, "", Duration.ZERO)).isEqualTo("  [####################] 13 of 13 · 0 s");
    }

    @Test
    void aCustomerIsNamedByIdentityOrByWhatListsShow() {
        assertThat(Person.of("customer:4711")).isEqualTo(new Person.Identity("customer:4711"));
        assertThat(Person.of("89c917b8b7ddb286b9c501abb158b86b")).isInstanceOf(Person.Shown.class);
    }

    @Test
    void hostileTextDoesNotReachTheTerminal() {
        new Table(terminal(0), "A").row("\u001b[2J\u0007red\r\nnext\u202Egnp\u2028").print();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("red").doesNotContain("\u001b", "\u0007", "\r", "\u202e", "\u2028");
        assertThat(lines()).hasSize(2);
    }

    @Test
    void findingsStandBelowTheTouchpointThatTheyConcern() throws Exception {
        var journey = JSON.readTree("""
                { "touchpoints": [
                    { "source": "/a", "id": "1", "type": "address-changed.v1", "channel": "web", "occurredAt": "2026-03-02T18:12:00Z",
                      "data": { "version": 2, "address": { "lines": ["7 Harbour View"], "city": "Bristol" } } },
                    { "source": "/b", "id": "2", "type": "card-dispatched.v1", "occurredAt": "2026-03-16T07:30:00Z", "data": { "cardId": "c" } } ],
                  "findings": [
                    { "rule": "stale-address-on-dispatch", "severity": "high", "status": "open", "explanation": "Posted to\\u001b[31m the old home",
                      "activation": [ { "source": "/b", "id": "2" } ] },
                    { "rule": "elsewhere", "severity": "low", "status": "open", "title": "Not shown", "activation": [ { "source": "/c", "id": "3" } ] } ] }""");
        var touchpoints = new ArrayList<JsonNode>();
        journey.path("touchpoints").forEach(touchpoints::add);
        new JourneyView(terminal(0), ZoneOffset.UTC).print("customer:ada",
                new Journey.Shown(touchpoints, false, journey.path("findings").valueStream().toList(), 2));
        assertThat(lines()).satisfiesExactly(
                line -> assertThat(line).isEqualTo("customer:ada: 2 touchpoints, 2 findings"),
                line -> assertThat(line).startsWith("WHEN (Z)"),
                line -> assertThat(line).contains("2026-03-02 18:12:00", "web", "version=2 address=7 Harbour View, Bristol"),
                line -> assertThat(line).contains("2026-03-16 07:30:00", "/b", "card-dispatched.v1"),
                line -> assertThat(line).contains("HIGH", "stale-address-on-dispatch (open)", "Posted to").doesNotContain("\u001b"),
                line -> assertThat(line).contains("elsewhere"));
    }

    @Test
    void aListSaysHowMuchOfItIsShownAndWhatToTypeForTheRest() {
        assertThat(ListEnd.of(new Api.Listed(0, false, OptionalLong.of(0)), "--rule")).isEqualTo("None.");
        assertThat(ListEnd.of(new Api.Listed(2, false, OptionalLong.of(2)), "--rule")).isEqualTo("2 in all.");
        assertThat(ListEnd.of(new Api.Listed(50, true, OptionalLong.of(1_373)), "--rule"))
                .isEqualTo("50 of 1,373 are shown. More: --limit N; fewer: --rule; all into a file: --csv");
        assertThat(ListEnd.of(new Api.Listed(50, true, OptionalLong.empty()), "--rule")).startsWith("50 of many are shown.");
    }

    @Test
    void everyCommandHasHelp() {
        for (var command : new String[] {"up", "down", "status", "logs", "import", "journey", "journeys", "findings", "receipt"}) {
            assertThat(CommandLineInterface.run(terminal(0), command, "--help")).isZero();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Exit codes:");
    }

    @Test
    void withoutAStackTheAnswerSaysHowToStartOne() {
        assertThat(CommandLineInterface.run(terminal(0), "journey", "customer:1", "--var", "/nonexistent")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("./throughline up");
    }

    @Test
    void aWrongOptionIsWrongUsage() {
        assertThat(CommandLineInterface.run(terminal(0), "journey", "--nonsense")).isEqualTo(ExitCode.USAGE);
    }

    private Terminal terminal(int columns) {
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Terminal(stream, stream, columns);
    }

    /// As printed, without bold and colour.
    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[[0-9]*m", "").lines().toList();
    }
}
