package io.throughline.journey.rule.naive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.throughline.journey.rule.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The shipped rules over the stories that the company tells about itself, as the checker reads both.
class CheckerOnCasesTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static Stream<Path> cases() throws IOException {
        try (var files = Files.list(SharedFiles.find("cases"))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void findsWhatTheCaseSays(Path file) throws IOException {
        var story = SharedEvents.JSON.readTree(file.toFile());
        var found = new ArrayList<String>();
        var expected = new ArrayList<String>();
        for (var rule : shipped()) {
            found.addAll(findings(rule, story));
            story.get("expect").forEach(finding -> {
                if (finding.get("rule").equals(rule.get("id"))) {
                    expected.add(finding.get("rule").textValue() + " " + finding.get("status").textValue() + " "
                            + finding.get("activation").get(0).textValue());
                }
            });
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<String> findings(JsonNode rule, JsonNode story) {
        var events = new ArrayList<PlainEvent>();
        story.get("events").forEach(event -> events.add(SharedEvents.event(event)));
        var asOf = OffsetDateTime.parse(story.get("asOf").textValue()).toInstant();
        return Checker.judge(new Case(rule, events, List.of(), Map.of(), asOf, asOf)).stream()
                .flatMap(judgement -> status(judgement).map(status -> rule.get("id").textValue() + " " + status + " " + judgement.activation()))
                .toList();
    }

    private static Stream<String> status(Judgement judgement) {
        return switch (judgement.verdict()) {
            case VIOLATED -> Stream.of(judgement.metAt() == null ? "open" : "resolved");
            case UNDETERMINED -> Stream.of("suspected");
            case SATISFIED, PENDING -> Stream.empty();
        };
    }

    private static List<JsonNode> shipped() throws IOException {
        var rules = new ArrayList<JsonNode>();
        for (var name : resource("index").split("\\s+")) {
            rules.add(YAML.readTree(resource(name)));
        }
        return rules;
    }

    private static String resource(String name) throws IOException {
        try (var in = CheckerOnCasesTest.class.getResourceAsStream("/rulebook/" + name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
