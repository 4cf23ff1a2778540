package io.throughline.journey.rule.naive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.journey.rule.SharedFiles;
import io.throughline.journey.rule.naive.Judgement.Word;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Real logs, whose figures two other programs computed: the checker must give the same counts and the same cases, whether cases end or not.
class CheckerOnLogsTest {

    /// Ends a case, and is nobody's neighbour.
    private static final String END = "person-forgotten.v1";

    static Stream<String> logs() {
        return Boolean.getBoolean("long")
                ? Stream.of("road_fines_2000", "cfpb_2013", "cfpb_narratives", "helpdesk", "bpi2020_domestic")
                : Stream.of("road_fines_2000", "cfpb_2013");
    }

    @ParameterizedTest
    @MethodSource("logs")
    void givesTheFiguresOfTheLog(String log) throws IOException {
        var expected = SharedEvents.read("data/" + log + ".expected.json");
        var asOf = OffsetDateTime.parse(expected.get("as_of").textValue()).toInstant();
        var journeys = journeys(log);
        for (var figures : expected.get("rules")) {
            assertThat(figures(rule(figures), journeys, asOf)).as("%s, open", figures).isEqualTo(expected(figures, figures.get("open")));
            var ended = rule(figures);
            ended.putObject("closes").put("type", END);
            assertThat(figures(ended, ended(journeys, asOf), asOf)).as("%s, closed", figures).isEqualTo(expected(figures, figures));
        }
    }

    record Figures(long activations, long satisfied, long violated, long pending, String violatingCases) {}

    private static Figures expected(JsonNode rule, JsonNode reading) {
        return new Figures(rule.get("activations").longValue(), reading.get("satisfied").longValue(), reading.get("violated").longValue(),
                reading.get("pending").longValue(), reading.get("violating_cases_sha256").textValue());
    }

    private static Figures figures(JsonNode rule, Map<String, List<PlainEvent>> journeys, Instant asOf) {
        var counts = new EnumMap<Word, Long>(Word.class);
        var violating = new TreeSet<String>();
        journeys.forEach((name, events) -> Checker.judge(new Case(rule, events, List.of(), Map.of(), asOf, asOf)).forEach(judgement -> {
            counts.merge(judgement.verdict(), 1L, Long::sum);
            if (judgement.verdict() == Word.VIOLATED) {
                violating.add(name);
            }
        }));
        return new Figures(counts.values().stream().mapToLong(count -> count).sum(), counts.getOrDefault(Word.SATISFIED, 0L),
                counts.getOrDefault(Word.VIOLATED, 0L), counts.getOrDefault(Word.PENDING, 0L), sha256(String.join("\n", violating)));
    }

    private static ObjectNode rule(JsonNode figures) {
        var kind = figures.get("rule").textValue();
        var rule = SharedEvents.JSON.createObjectNode().put("pattern", kind.equals("exactly-one") ? "exactly" : kind);
        switch (kind) {
            case "existence", "exactly-one" -> rule.putObject("expect").set("type", figures.get("aType"));
            case "absence" -> {
                rule.putObject("forbid").set("type", figures.get("aType"));
                rule.set("max", figures.get("max"));
            }
            default -> {
                // Of precedence the logs name the first event a, the rule the activation first: when is b.
                boolean back = kind.equals("precedence");
                rule.putObject("when").set("type", figures.get(back ? "bType" : "aType"));
                rule.putObject(kind.startsWith("not-") ? "forbid" : "expect").set("type", figures.get(back ? "aType" : "bType"));
            }
        }
        Stream.of("within", "zone").filter(figures::hasNonNull).forEach(name -> rule.set(name, figures.get(name)));
        return rule;
    }

    private static Map<String, List<PlainEvent>> ended(Map<String, List<PlainEvent>> journeys, Instant asOf) {
        var ended = new LinkedHashMap<String, List<PlainEvent>>();
        journeys.forEach((name, events) -> ended.put(name, Stream.concat(events.stream(),
                Stream.of(new PlainEvent("~", "end", END, null, asOf, asOf, null, MissingNode.getInstance()))).toList()));
        return ended;
    }

    private static Map<String, List<PlainEvent>> journeys(String log) throws IOException {
        var journeys = new LinkedHashMap<String, List<PlainEvent>>();
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(SharedFiles.find("data/" + log + ".cloudevents.ndjson.gz"))), UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var event = SharedEvents.JSON.readTree(line);
                journeys.computeIfAbsent(event.get("subject").textValue().substring("case:".length()), _ -> new ArrayList<>()).add(SharedEvents.event(event));
            }
        }
        return journeys;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
