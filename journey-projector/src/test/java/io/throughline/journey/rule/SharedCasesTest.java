package io.throughline.journey.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.json.EventJson;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.file.RuleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The stories that the company tells about itself: the shipped rules must find what each says, and nothing else.
class SharedCasesTest {

    private static final Rulebook SHIPPED = RuleFiles.shipped();

    record Finding(String rule, String status, List<String> activation) {}

    static Stream<Path> cases() throws IOException {
        try (var files = Files.list(SharedFiles.find("cases"))) {
            var cases = files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
            assertThat(cases).isNotEmpty();
            return cases.stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theShippedRulesFindWhatTheCaseSays(Path file) throws IOException {
        var story = EventJson.mapper().readTree(file.toFile());
        var activations = Journeys.evaluate(SHIPPED, OffsetDateTime.parse(story.get("asOf").textValue()).toInstant(), events(story)).activations();

        var expected = stream(story.get("expect")).toList();
        assertThat(activations.stream().flatMap(SharedCasesTest::finding))
                .containsExactlyInAnyOrderElementsOf(expected.stream().map(SharedCasesTest::expected).toList());
        expected.forEach(finding -> assertThat(evidenceOf(activations, finding)).containsAll(texts(finding.path("evidenceIncludes"))));
    }

    private static List<Touchpoint> events(JsonNode story) throws IOException {
        var events = new ArrayList<Touchpoint>();
        for (var event : story.get("events")) {
            events.add(Event.ofCloudEvent(event.toString()));
        }
        return events;
    }

    private static Finding expected(JsonNode finding) {
        return new Finding(finding.get("rule").textValue(), finding.get("status").textValue(), texts(finding.get("activation")));
    }

    private static Stream<Finding> finding(Activation activation) {
        var refs = activation.events().stream().map(EventRef::toString).toList();
        return switch (activation.verdict()) {
            case VIOLATED -> Stream.of(new Finding(activation.rule().id(), activation.metAt() == null ? "open" : "resolved", refs));
            case UNDETERMINED -> Stream.of(new Finding(activation.rule().id(), "suspected", refs));
            case SATISFIED, PENDING -> Stream.empty();
        };
    }

    private static List<String> evidenceOf(List<Activation> activations, JsonNode finding) {
        return activations.stream()
                .filter(activation -> finding(activation).anyMatch(expected(finding)::equals))
                .flatMap(activation -> activation.evidence().stream())
                .map(evidence -> evidence.event().toString())
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return stream(list).map(JsonNode::textValue).toList();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
