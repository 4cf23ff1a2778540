package io.throughline.journey.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.json.EventJson;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.file.RuleFiles;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real logs, whose figures two independent programs computed: the same rules must give the same counts and the same cases, both where
/// cases never end and where every case has ended.
class EventLogsTest {

    private static final String END = "case-ended.v1";

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"road_fines_2000", "helpdesk", "cfpb_2013", "cfpb_narratives", "bpi2020_domestic"})
    void everyRuleGivesTheFiguresOfTheLog(String log) throws IOException {
        var expected = EventJson.mapper().readTree(SharedFiles.find("data/" + log + ".expected.json").toFile());
        var asOf = OffsetDateTime.parse(expected.get("as_of").textValue()).toInstant();
        var journeys = read(log);
        var types = journeys.values().stream().flatMap(List::stream).map(Touchpoint::type).collect(Collectors.toCollection(TreeSet::new));
        var open = new ArrayList<ObjectNode>();
        var closed = new ArrayList<ObjectNode>();
        for (var figures : expected.get("rules")) {
            open.add(rule(figures));
            closed.add(closing(rule(figures), types));
        }

        assertThat(journeys).hasSize(expected.get("profile").get("cases").intValue());
        assertSame(expected.get("rules"), "open", figures(open, journeys, asOf));
        journeys.values().forEach(journey -> journey.add(Event.event(asOf.toString(), END).from("\uffff").touchpoint()));
        assertSame(expected.get("rules"), "closed", figures(closed, journeys, asOf));
    }

    private static Map<String, List<Touchpoint>> read(String log) throws IOException {
        var journeys = new LinkedHashMap<String, List<Touchpoint>>();
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(SharedFiles.find("data/" + log + ".cloudevents.ndjson.gz"))), UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var subject = EventJson.mapper().readTree(line).get("subject").textValue();
                journeys.computeIfAbsent(subject.substring("case:".length()), _ -> new ArrayList<>()).add(Event.ofCloudEvent(line));
            }
        }
        return journeys;
    }

    private static ObjectNode rule(JsonNode figures) {
        var pattern = figures.get("rule").textValue();
        var rule = EventJson.mapper().createObjectNode().put("id", figures.get("id").textValue().replace('_', '-'));
        Stream.of("within", "zone", "max").filter(figures::hasNonNull).forEach(name -> rule.set(name, figures.get(name)));
        switch (pattern) {
            case "exactly-one" -> rule.put("pattern", "exactly").put("n", 1).putObject("expect").set("type", figures.get("aType"));
            case "existence" -> rule.put("pattern", pattern).putObject("expect").set("type", figures.get("aType"));
            case "absence" -> rule.put("pattern", pattern).putObject("forbid").set("type", figures.get("aType"));
            default -> {
                // What activates comes second in a precedence, first in all others.
                boolean backward = pattern.equals("precedence");
                rule.put("pattern", pattern).putObject("when").set("type", figures.get(backward ? "bType" : "aType"));
                rule.putObject(pattern.startsWith("not-") ? "forbid" : "expect").set("type", figures.get(backward ? "aType" : "bType"));
            }
        }
        return rule;
    }

    /// The same rule, of which every case has ended. The end is no neighbour of what came last.
    private static ObjectNode closing(ObjectNode rule, Set<String> types) {
        rule.putObject("closes").put("type", END);
        if (rule.get("pattern").textValue().contains("chain")) {
            types.forEach(rule.putArray("among")::add);
        }
        return rule;
    }

    private static List<Figures> figures(List<ObjectNode> rules, Map<String, List<Touchpoint>> journeys, Instant asOf) {
        var rulebook = RuleFiles.read("rules.json", rules.toString());
        var figures = new LinkedHashMap<String, Figures>();
        rulebook.rules().forEach(rule -> figures.put(rule.id(), new Figures(new EnumMap<>(Verdict.class), new TreeSet<>())));
        journeys.forEach((subject, journey) ->
                Journeys.evaluate(rulebook, asOf, journey).activations().forEach(activation -> figures.get(activation.rule().id()).add(subject, activation)));
        return List.copyOf(figures.values());
    }

    private record Figures(Map<Verdict, Integer> verdicts, TreeSet<String> violating) {

        void add(String subject, Activation activation) {
            verdicts.merge(activation.verdict(), 1, Integer::sum);
            if (activation.verdict() == Verdict.VIOLATED) {
                violating.add(subject);
            }
        }
    }

    private static void assertSame(JsonNode rules, String reading, List<Figures> actual) {
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            var expected = reading.equals("open") ? rule.get("open") : rule;
            var name = rule.get("id").textValue() + " " + rule.get("rule").textValue() + ", " + reading;
            var verdicts = actual.get(i).verdicts();
            for (var verdict : List.of(Verdict.SATISFIED, Verdict.VIOLATED, Verdict.PENDING)) {
                assertThat(verdicts.getOrDefault(verdict, 0)).as("%s: %s", name, verdict).isEqualTo(expected.get(verdict.wire()).intValue());
            }
            assertThat(verdicts.values().stream().mapToInt(Integer::intValue).sum()).as("%s: activations", name).isEqualTo(rule.get("activations").intValue());
            assertThat(sha256(String.join("\n", actual.get(i).violating()))).as("%s: violating cases", name)
                    .isEqualTo(expected.get("violating_cases_sha256").textValue());
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
