package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.deploy.acceptance.DeclareRule.Reading;
import io.throughline.events.json.EventJson;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Real logs, imported whole by the command line, give the figures that an independent program found in them.
@ParameterizedClass(name = "{0}")
@MethodSource("dataSets")
class DataSetsTest {
    /// The small ones first: they are tried on every change.
    private static final List<String> NAMES = List.of("cfpb_narratives", "cfpb_2013", "road_fines_2000", "helpdesk", "bpi2020_domestic");
    private static final int QUICK = 3;

    private static final Map<Reading, Answers> ANSWERS = new EnumMap<>(Reading.class);
    private static Stack stack;
    private static JsonNode summary;
    private static JsonNode status;

    @Parameter
    private DataSet set;

    static Stream<DataSet> dataSets() {
        return NAMES.stream().limit(Effort.of(QUICK, NAMES.size())).map(DataSet::of);
    }

    /// The log as it is gives the open reading; then the ends of its cases are imported too.
    @BeforeParameterizedClassInvocation
    static void importAndAsk(DataSet set) throws Exception {
        var begun = Instant.now();
        var name = set.name().replace('_', '-');
        var rules = DeclareRule.write(Project.scratch(name + "-rules"), Stream.of(Reading.values()).map(set::rules).flatMap(List::stream));
        stack = Stack.shortLived(Servers.shared(), name, Map.of("THROUGHLINE_RULES", rules.toString()));
        Phase.begins(DataSetsTest.class, "imports %,d events of %s and asks after %,d cases, twice", set.events(), set, set.cases());
        summary = EventJson.mapper().readTree(stack.command("import", set.log().toString(), "--json").exits(0).out());
        status = stack.settled();
        var imported = Instant.now();
        ANSWERS.put(Reading.OPEN, Answers.of(stack.as("analyst"), set, Reading.OPEN));
        var asked = Instant.now();
        var ended = stack.as("operator").post("/v1/imports", "application/x-ndjson", set.ends().getBytes(UTF_8)).with(200).json();
        assertThat(ended.path("accepted").asLong()).isEqualTo(set.cases());
        stack.settled();
        ANSWERS.put(Reading.CLOSED, ANSWERS.get(Reading.OPEN).again(stack.as("analyst"), set, Reading.CLOSED));
        System.out.printf("DataSetsTest: %s, %d events, %d rules in two readings: started and imported in %s, asked in %s, ended and asked in %s%n", set,
                set.events(), set.rules(Reading.OPEN).size(), Duration.between(begun, imported), Duration.between(imported, asked),
                Duration.between(asked, Instant.now()));
    }

    @AfterParameterizedClassInvocation
    static void end() {
        stack.close();
    }

    @Test
    void theCommandLineImportsEveryLine() {
        assertThat(summary.path("accepted").asLong()).isEqualTo(set.events());
        assertThat(summary.path("refused").asLong()).isZero();
    }

    @Test
    void journeysAndEventsAreAsManyAsInTheLog() {
        assertThat(status.path("journeys").asLong()).isEqualTo(set.cases());
        assertThat(status.path("touchpoints").asLong()).isEqualTo(set.events());
    }

    @Test
    void eachTypeIsThereAsOftenAsInTheLog() {
        var counts = ANSWERS.get(Reading.OPEN).cases().stream().flatMap(one -> one.types().stream()).collect(groupingBy(identity(), counting()));
        assertThat(counts).isEqualTo(set.types());
    }

    @Test
    void everyCaseHasEndedInTheClosedReading() {
        assertThat(ANSWERS.get(Reading.CLOSED).cases()).hasSize((int) set.cases()).allSatisfy(one -> assertThat(one.types()).endsWith(DeclareRule.END));
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleGivesTheListedFigures(Reading reading) {
        var expected = set.rules(reading).stream().collect(toMap(DeclareRule::id, DeclareRule::figures));
        assertThat(expected).isNotEmpty();
        assertThat(ANSWERS.get(reading).figures()).containsExactlyInAnyOrderEntriesOf(expected);
    }
}
