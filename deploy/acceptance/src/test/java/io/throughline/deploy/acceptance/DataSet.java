package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.json.EventJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// A public event log of `shared/data`, and what an independent program says of it.
record DataSet(String name, JsonNode expected) {
    private static final String CASE = "case:";

    static DataSet of(String name) {
        try {
            return new DataSet(name, EventJson.mapper().readTree(Files.readAllBytes(Project.shared("data/" + name + ".expected.json"))));
        } catch (IOException e) {
            throw new AssertionError("The figures expected of " + name + " cannot be read", e);
        }
    }

    /// One event a line, as the name says.
    static Path log(String name) {
        return Project.shared("data/" + name + ".cloudevents.ndjson.gz");
    }

    static Stream<String> lines(Path log) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(log)), UTF_8));
        return lines.lines().onClose(() -> {
            try {
                lines.close();
            } catch (IOException e) {
                throw new AssertionError("Cannot be closed: " + log, e);
            }
        });
    }

    Path log() {
        return log(name);
    }

    long cases() {
        return expected.path("profile").path("cases").asLong();
    }

    long events() {
        return expected.path("profile").path("events").asLong();
    }

    /// How many events there are of each type.
    Map<String, Long> types() {
        return expected.path("profile").path("type_counts").properties().stream().collect(toMap(Map.Entry::getKey, type -> type.getValue().asLong()));
    }

    /// The log's last instant, as of which the rules are judged.
    String asOf() {
        return expected.path("as_of").asText();
    }

    List<DeclareRule> rules(DeclareRule.Reading reading) {
        var types = types().keySet();
        return expected.path("rules").valueStream().map(listed -> new DeclareRule(listed, reading, types)).toList();
    }

    /// What the log itself lacks: that each case has ended, after all else that happened in it. One event a line.
    String ends() throws IOException {
        return caseIds().stream().sorted().map(this::end).map(event -> event + "\n").collect(joining());
    }

    /// Its source comes last at the same instant.
    private String end(String caseId) {
        return EventJson.mapper().createObjectNode()
                .put("specversion", "1.0").put("id", caseId + "-end").put("source", "/registry").put("type", DeclareRule.END)
                .put("subject", subject(caseId)).put("time", asOf()).toString();
    }

    Set<String> caseIds() throws IOException {
        try (var lines = lines(log())) {
            return lines.map(DataSet::subjectOf).map(subject -> subject.substring(CASE.length())).collect(toUnmodifiableSet());
        }
    }

    private static String subjectOf(String line) {
        try {
            return EventJson.mapper().readTree(line).path("subject").asText();
        } catch (IOException e) {
            throw new AssertionError("Not an event: " + line, e);
        }
    }

    static String subject(String caseId) {
        return CASE + caseId;
    }

    @Override
    public String toString() {
        return name;
    }
}
