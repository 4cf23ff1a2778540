package io.throughline.journey.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.json.EventJson;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.file.RuleFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A real log, whose figures two independent programs computed: the same rules must give the same counts and the same cases.
class RoadFinesTest {

    private static final Map<String, List<Touchpoint>> JOURNEYS = new LinkedHashMap<>();

    @BeforeAll
    static void readLog() throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(SharedFiles.find("data/road_fines_2000.cloudevents.ndjson.gz"))), UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var subject = EventJson.mapper().readTree(line).get("subject").textValue();
                JOURNEYS.computeIfAbsent(subject, _ -> new ArrayList<>()).add(Event.ofCloudEvent(line));
            }
        }
        assertThat(JOURNEYS).hasSize(2_000);
    }

    private static JsonNode expected() throws IOException {
        return EventJson.mapper().readTree(SharedFiles.find("data/road_fines_2000.expected.json").toFile());
    }

    static Stream<JsonNode> responseRules() throws IOException {
        return StreamSupport.stream(expected().get("rules").spliterator(), false).filter(rule -> rule.get("rule").textValue().equals("response"));
    }

    @ParameterizedTest
    @MethodSource("responseRules")
    void givesTheFiguresOfTheLog(JsonNode figures) throws IOException {
        var rulebook = RuleFiles.read("rule.json", rule(figures).toString());
        var asOf = OffsetDateTime.parse(expected().get("as_of").textValue()).toInstant();
        var violating = new TreeSet<String>();
        var verdicts = new ArrayList<Verdict>();
        JOURNEYS.forEach((subject, events) -> {
            var journey = Journeys.verdicts(Journeys.evaluate(rulebook, asOf, events));
            verdicts.addAll(journey);
            if (journey.contains(Verdict.VIOLATED)) {
                violating.add(subject.substring("case:".length()));
            }
        });

        var counts = verdicts.stream().collect(groupingBy(verdict -> verdict, counting()));
        var open = figures.get("open");
        assertThat(verdicts).hasSize(figures.get("activations").intValue());
        assertThat(counts.getOrDefault(Verdict.SATISFIED, 0L)).isEqualTo(open.get("satisfied").longValue());
        assertThat(counts.getOrDefault(Verdict.VIOLATED, 0L)).isEqualTo(open.get("violated").longValue());
        assertThat(counts.getOrDefault(Verdict.PENDING, 0L)).isEqualTo(open.get("pending").longValue());
        assertThat(violating).hasSize(open.get("violating_cases").intValue());
        assertThat(sha256(String.join("\n", violating))).isEqualTo(open.get("violating_cases_sha256").textValue());
    }

    private static JsonNode rule(JsonNode figures) {
        var rule = EventJson.mapper().createObjectNode().put("id", "fines").put("pattern", "response");
        rule.putObject("when").set("type", figures.get("aType"));
        rule.putObject("expect").set("type", figures.get("bType"));
        Stream.of("within", "zone").filter(figures::hasNonNull).forEach(name -> rule.set(name, figures.get(name)));
        return rule;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
