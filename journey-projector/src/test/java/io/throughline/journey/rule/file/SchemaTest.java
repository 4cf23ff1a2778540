package io.throughline.journey.rule.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The published schema and the reader agree: the schema refuses nothing that is sound, and refuses whatever has the wrong shape.
class SchemaTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(RuleFiles.schema(), InputFormat.JSON);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /// How the reader begins what it says of a wrong shape. Of these, lengths, patterns and counts are words for one thing or another.
    private static final String SHAPE =
            "(is unknown here|is required|must be text|must be an object|must be a whole number|must be true or false|must be one of).*";

    static Stream<Path> shipped() throws URISyntaxException, IOException {
        try (var files = Files.walk(Path.of(SchemaTest.class.getResource("/rulebook").toURI()))) {
            return Stream.concat(files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream(),
                    Stream.of(Path.of(SchemaTest.class.getResource("/calendars.yaml").toURI())));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shipped")
    void whatIsShippedFits(Path file) throws IOException {
        assertThat(refusals(new ObjectMapper(new YAMLFactory()).readTree(file.toFile()))).isEmpty();
    }

    static Stream<String> patterns() throws JsonProcessingException {
        return new ObjectMapper().readTree(RuleFiles.schema()).at("/definitions/rule/properties/pattern/oneOf").valueStream()
                .map(pattern -> pattern.path("const").asText());
    }

    @Test
    void thePatternsAreThoseOfTheReader() throws JsonProcessingException {
        var faults = faults(NODES.objectNode().put("id", "r").put("pattern", "none-such"));
        var known = faults.getFirst().detail().replaceFirst(".*supported are ", "").split(", ");
        assertThat(patterns()).containsExactlyInAnyOrder(known);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("patterns")
    void theFieldsOfAPatternAreThoseOfTheReader(String pattern) throws JsonProcessingException {
        for (var field : (Iterable<String>) new ObjectMapper().readTree(RuleFiles.schema()).at("/definitions/rule/properties")::fieldNames) {
            var rule = NODES.objectNode().put("id", "r").put("pattern", pattern);
            rule.putIfAbsent(field, NODES.objectNode());
            boolean unknown = faults(rule).stream().anyMatch(fault -> fault.pointer().equals("/" + field) && fault.detail().startsWith("is unknown here"));
            var told = refusals(rule).stream().filter(refusal -> refusal.contains("propertyNames")
                    || refusal.contains("'" + field + "' must be valid")).toList();
            assertThat(!told.isEmpty()).as("%s is unknown to %s: %s", field, pattern, told).isEqualTo(unknown);
        }
    }

    static LongStream seeds() {
        return Long.getLong("seed") instanceof Long given ? LongStream.of(given) : new Random().longs(Integer.getInteger("seeds", 300));
    }

    /// A shipped rule with something in it taken away, put in, or put in the place of something else.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsSpoiltIsRefusedByBothOrNeither(long seed) throws Exception {
        var random = new Random(seed);
        var files = shipped().filter(file -> !file.endsWith("calendars.yaml")).toList();
        var rule = new ObjectMapper(new YAMLFactory()).readTree(files.get(random.nextInt(files.size())).toFile());
        spoil(rule, random);
        var faults = faults(rule);
        var refusals = refusals(rule);
        if (faults.isEmpty()) {
            assertThat(refusals).as("sound: %s", rule).isEmpty();
        }
        if (faults.stream().anyMatch(fault -> fault.detail().matches(SHAPE) && !isOfAnEvent(fault))) {
            assertThat(refusals).as("%s in %s", faults, rule).isNotEmpty();
        }
    }

    /// What a CloudEvent must be is not said again here.
    private static boolean isOfAnEvent(RuleFault fault) {
        return fault.pointer().matches("/examples/\\d+/events/\\d+.*");
    }

    private static void spoil(JsonNode rule, Random random) {
        var holders = new ArrayList<JsonNode>();
        collect(rule, holders);
        switch (holders.get(random.nextInt(holders.size()))) {
            case ObjectNode object -> {
                var names = new ArrayList<>(new TreeSet<>(Set.copyOf(list(object))));
                var name = names.isEmpty() ? "unheard-of" : names.get(random.nextInt(names.size()));
                switch (random.nextInt(3)) {
                    case 0 -> object.remove(name);
                    case 1 -> object.set("unheard-of", value(random));
                    default -> object.set(name, value(random));
                }
            }
            case ArrayNode array when !array.isEmpty() -> array.set(random.nextInt(array.size()), value(random));
            case ArrayNode array -> array.add(value(random));
            default -> throw new AssertionError("holds nothing");
        }
    }

    private static List<String> list(ObjectNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void collect(JsonNode node, List<JsonNode> holders) {
        if (node.isContainerNode()) {
            holders.add(node);
            node.forEach(inner -> collect(inner, holders));
        }
    }

    private static JsonNode value(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> NODES.numberNode(random.nextInt(5) - 1);
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.textNode("some words");
            case 3 -> NODES.textNode("");
            case 4 -> NODES.arrayNode();
            case 5 -> NODES.objectNode().put("some", "thing");
            default -> NODES.numberNode(1.5);
        };
    }

    private static List<RuleFault> faults(JsonNode rule) {
        try {
            RuleFiles.read("rule.json", rule.toString());
            return List.of();
        } catch (RuleFileException refused) {
            return refused.faults();
        }
    }

    private static List<String> refusals(JsonNode document) {
        return SCHEMA.validate(document.toString(), InputFormat.JSON).stream()
                .map(error -> error.getInstanceLocation() + " " + error.getKeyword() + " " + error.getMessage()).toList();
    }
}
