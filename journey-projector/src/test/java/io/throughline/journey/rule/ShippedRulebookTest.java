package io.throughline.journey.rule;

import static org.assertj.core.api.Assertions.assertThat;

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
                "address-change-unacknowledged", "stale-address-on-dispatch", "outage-notice-to-unaffected", "promise-broken", "lead-gone-cold",
                "warranty-unsettled", "undelivered", "marketing-without-consent");
    }

    @Test
    void everyFileIsInTheIndex() throws URISyntaxException, IOException {
        assertThat(files().map(file -> file.getFileName().toString().replace(".yaml", "")))
                .containsExactlyInAnyOrderElementsOf(RuleFiles.shipped().rules().stream().map(Rule::id).toList());
    }

    /// The examples themselves are run whenever the rulebook is loaded.
    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void everyRuleIsShownKeptAndBroken(Path file) throws IOException {
        var rule = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
        assertThat(rule.get("examples")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(rule.get("examples").findValues("expect").toString()).contains("satisfied", "violated");
        assertThat(rule.fieldNames()).toIterable().contains("title", "severity", "stage", "zone", "explain", "cost");
    }
}
