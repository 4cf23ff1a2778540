package io.throughline.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class YamlTest {
    private static final YAMLMapper READER = YAMLMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();
    private static final List<String> PIECES = List.of("a", "No", "null", "~", "0o17", "1e3", "-1.5", "0x1F", "2026-01-01", "12:30", "PT24H", "case-*", "a b", " a", "a ",
            ": ", "a: b", " #c", "# c", "- ", "[", "}", ",", "'", "\"", "\\", "\n", "\t", "\u0000", "\u0085", "\u2028", "\ufeff", "\u202e", "\u00e9", "\ud83d\ude00",
            "\udb40\udc01", "&x", "*x", "!t", "%d", "@", "`", "|", ">", "=", "<<", ".inf", "", "/crm", "this.data.kind == 'x'");

    @Test
    void whatIsShortStandsOnOneLine() throws Exception {
        var rule = Api.JSON.readTree("""
                { "id": "r", "when": { "type": "a.v1", "where": "this.data.n > 1" }, "within": "PT24H", "cost": { "amount": 12.50 },
                  "examples": [ { "name": "%s", "events": [ { "type": "a.v1", "data": {} } ], "expect": [] } ] }""".formatted("in time ".repeat(12).strip()));
        assertThat(Yaml.of(rule)).isEqualTo("""
                id: r
                when: { type: a.v1, where: "this.data.n > 1" }
                within: PT24H
                cost: { amount: 12.50 }
                examples:
                  - name: %s
                    events: [ { type: a.v1, data: {} } ]
                    expect: []
                """.formatted("in time ".repeat(12).strip()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsWrittenIsReadBack(long seed) throws Exception {
        var chance = new Random(seed);
        for (int i = 0; i < 50; i++) {
            var node = node(chance, 4);
            var written = Yaml.of(node);
            assertThat(READER.readTree(written)).as(written).isEqualTo(node);
            assertThat(Printable.ofLines(written)).isEqualTo(written.stripTrailing());
        }
    }

    static LongStream seeds() {
        return Long.getLong("seed") instanceof Long given ? LongStream.of(given) : new Random().longs(20);
    }

    private static JsonNode node(Random chance, int depth) {
        var nodes = JsonNodeFactory.withExactBigDecimals(true);
        return switch (chance.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> nodes.booleanNode(chance.nextBoolean());
            case 1 -> nodes.numberNode(chance.nextInt());
            case 2 -> nodes.numberNode(BigDecimal.valueOf(chance.nextLong(), 2));
            case 3 -> nodes.nullNode();
            case 4 -> nodes.textNode(text(chance));
            case 5 -> {
                var list = nodes.arrayNode();
                chance.ints(chance.nextInt(5), 0, 9).forEach(_ -> list.add(node(chance, depth - 1)));
                yield list;
            }
            default -> {
                var object = nodes.objectNode();
                chance.ints(chance.nextInt(6), 0, 9).forEach(_ -> object.set(text(chance), node(chance, depth - 1)));
                yield object;
            }
        };
    }

    private static String text(Random chance) {
        var text = new StringBuilder();
        chance.ints(1 + chance.nextInt(3), 0, PIECES.size()).forEach(i -> text.append(PIECES.get(i)));
        return text.toString();
    }
}
