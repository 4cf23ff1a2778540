package io.throughline.journey.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.throughline.journey.rule.file.RuleFiles;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedRulebookTest {

    static Stream<Path> files() throws URISyntaxException, IOException {
        try (var files = Files.list(Path.of(ShippedRulebookTest.class.getResource("/rulebook").toURI()))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @Test
    void hasTheRulesOfThePublishedCatalogue() {
        assertThat(RuleFiles.shipped().rules()).extracting(Rule::id).containsExactlyInAnyOrder(
                "address-change-unacknowledged", "stale-address-on-dispatch", "outage-notice-to-unaffected", "advice-already-followed",
                "already-entitled-offer", "marketing-during-open-complaint", "asked-again", "promise-broken", "contradictory-answers", "repeat-contact",
                "password-reset-spiral", "password-reset-call", "abandoned-checkout", "abandoned-form", "abandoned-call", "abandoned-chat",
                "lead-gone-cold", "warranty-unsettled", "undelivered", "contact-after-leaving", "marketing-without-consent", "inconsistent-quote");
    }

    @Test
    void everyFileIsInTheIndex() throws URISyntaxException, IOException {
        assertThat(files().map(file -> file.getFileName().toString().replace(".yaml", "")))
                .containsExactlyInAnyOrderElementsOf(RuleFiles.shipped().rules().stream().map(Rule::id).toList());
    }

    /// The examples themselves are run whenever the rulebook is loaded.
    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void everyRuleSaysWhatItIsAndIsShownKeptBrokenLateAndAtItsEdge(Path file) throws IOException {
        var rule = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
        assertThat(rule.fieldNames()).toIterable().contains("title", "severity", "stage", "zone", "owner", "explain", "cost");
        assertThat(rule.get("examples")).hasSizeGreaterThanOrEqualTo(4);
        var verdicts = rule.get("examples").findValues("expect").stream().map(JsonNode::toString).toList();
        assertThat(verdicts).anyMatch(expected -> !expected.contains("violated"));
        assertThat(verdicts).anyMatch(expected -> expected.contains("violated"));
        assertThat(rule.get("examples").findValues("recordedTime")).as("late data").isNotEmpty();
        if (rule.has("within") || rule.has("grace")) {
            assertThat(rule.get("examples").toString()).as("a microsecond beyond the edge").contains("00.000001");
        }
    }
}
