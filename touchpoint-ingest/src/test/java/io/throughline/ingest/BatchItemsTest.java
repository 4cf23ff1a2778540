package io.throughline.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.json.EventJson;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchItemsTest {

    static Stream<Arguments> arrays() {
        return Stream.of(
                arguments("[]", List.of()), arguments(" [ ] \n", List.of()), arguments("[1]", List.of("1")),
                arguments("[{}, {\"a\":[1,2]} ]", List.of("{}", "{\"a\":[1,2]}")),
                arguments("[\"],[\",{\"}\":\"\\\"\"}]", List.of("\"],[\"", "{\"}\":\"\\\"\"}")),
                arguments("[[[]],7]", List.of("[[]]", "7")));
    }

    @ParameterizedTest @MethodSource("arrays")
    void itemsAreCutAtTheTopLevelOnly(String batch, List<String> items) {
        assertThat(texts(batch)).isEqualTo(items);
    }

    @ParameterizedTest @ValueSource(strings = {"", "{}", "1", "[", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1]]", "[1] x", "[}]", "[\"a]", "[\"a\\\"]"})
    void whatIsNotOneArrayIsRefusedWhole(String batch) {
        assertThat(refusal(batch, 10).problem().code()).isEqualTo("malformed-json");
    }

    /// A fault inside an item is the item's own: the others are still found.
    @Test void aBrokenItemDoesNotHideItsNeighbours() {
        assertThat(texts("[{\"a\":01},{\"b\":nonsense},3]")).containsExactly("{\"a\":01}", "{\"b\":nonsense}", "3");
    }

    @Test void theNumberOfItemsIsLimited() {
        assertThat(texts("[1,2,3]")).hasSize(3);
        assertThat(refusal("[1,2,3,4]", 3).problem().code()).isEqualTo("too-many-events");
    }

    /// Property: cutting and parsing gives what parsing the whole gives. `-Dseed=N` replays one case.
    @ParameterizedTest(name = "seed {0}") @MethodSource("seeds")
    void cuttingAgreesWithAParser(long seed) throws Exception {
        var random = new Random(seed);
        var array = JsonNodeFactory.instance.arrayNode();
        for (int i = random.nextInt(6); i > 0; i--) {
            array.add(anyJson(random, 3));
        }
        var text = random.nextBoolean() ? array.toString() : array.toPrettyString();
        var items = BatchItems.of(text.getBytes(UTF_8), 10).stream().map(EventText::read).toList();
        assertThat(items).as("seed %d", seed).isEqualTo(List.copyOf(EventJson.mapper().readTree(text).valueStream().toList()));
    }

    static LongStream seeds() {
        return Long.getLong("seed") instanceof Long given ? LongStream.of(given) : new Random().longs(300);
    }

    private static JsonNode anyJson(Random random, int depth) {
        var json = JsonNodeFactory.instance;
        return switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> json.numberNode(random.nextInt());
            case 1 -> json.textNode(anyText(random));
            case 2 -> json.nullNode();
            case 3 -> json.arrayNode().add(anyJson(random, depth - 1)).add(anyJson(random, depth - 1));
            default -> json.objectNode().<ObjectNode>set(anyText(random), anyJson(random, depth - 1));
        };
    }

    private static String anyText(Random random) {
        var hostile = "\"\\[]{},: \n\u0001é€😀";
        return random.ints(random.nextInt(8), 0, hostile.codePointCount(0, hostile.length()))
                .map(i -> hostile.codePointAt(hostile.offsetByCodePoints(0, i)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static List<String> texts(String batch) {
        return BatchItems.of(batch.getBytes(UTF_8), 3).stream().map(item -> UTF_8.decode(item).toString()).map(String::strip).toList();
    }

    private static Refusal refusal(String batch, int maxItems) {
        var refusal = catchThrowableOfType(Refusal.class, () -> BatchItems.of(batch.getBytes(UTF_8), maxItems));
        assertThat(refusal).as("refusal").isNotNull();
        return refusal;
    }
}
