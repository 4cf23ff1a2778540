package io.throughline.events.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.definition.SourceJson.Reading;
import io.throughline.events.json.EventJson;
import io.throughline.events.json.Violation;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceJsonTest {

    private static final SourceDefinition FULL = new SourceDefinition("/channels/web", "web",
            new LinkedHashSet<>(List.of("page-viewed.v1", "password-reset-*")),
            Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofMinutes(1));
    private static final String FULL_TEXT = """
            {"channel":"web","types":["page-viewed.v1","password-reset-*"],"heartbeat":"PT5M","expectedDelay":"PT1H","clockSkew":"PT1M"}""";

    @Test void allOfItIsReadAndWritten() {
        assertThat(ask(FULL_TEXT)).isEqualTo(new Reading.Readable(FULL));
        assertThat(SourceJson.write(FULL)).hasToString(FULL_TEXT);
    }

    @Test void everyFieldCanBeLeftOut() {
        var bare = new Reading.Readable(SourceDefinition.of("/channels/web", List.of()));
        assertThat(ask("{}")).isEqualTo(bare);
        assertThat(ask("{\"channel\":null,\"types\":null,\"heartbeat\":null,\"expectedDelay\":null,\"clockSkew\":null}")).isEqualTo(bare);
        assertThat(SourceJson.recorded("/channels/web", SourceJson.write(SourceDefinition.of("/channels/web", List.of())))).isEqualTo(bare);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT720H", "PT43200M", "PT2592000S", "PT1H2M3.000004S"})
    void exactDurationsUpToThirtyDaysAreTaken(String text) {
        assertThat(((Reading.Readable) ask("{\"expectedDelay\":\"" + text + "\"}")).definition().expectedDelay()).isEqualTo(Duration.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"P1D\"", "\"P30DT1H\"", "\"PT720H0.000001S\"", "\"-PT1H\"", "\"PT-1H\"", "\"PT\"", "\"\"", "\"pt1h\"",
            "\"1h\"", "\"PT0.0000001S\"",
            "\"PT9999999999H\"", "3600", "true", "[]"})
    void otherDurationsAreRefusedWithTheirPlaces(String text) {
        assertThat(pointers("{\"heartbeat\":" + text + ",\"expectedDelay\":" + text + ",\"clockSkew\":" + text + "}"))
                .containsExactly("/heartbeat", "/expectedDelay", "/clockSkew");
    }

    @Test void aHeartThatBeatsWithoutPauseIsRefused() {
        assertThat(pointers("{\"heartbeat\":\"PT0S\"}")).containsExactly("/heartbeat");
    }

    @Test void allFaultsAreToldAtOnceWithTheirPlaces() {
        assertThat(pointers("{\"channel\":1,\"types\":[\"a\",\"a\",\"\",7],\"expected_delay\":\"PT1H\",\"a/b~\":1}"))
                .containsExactlyInAnyOrder("/channel", "/types/1", "/types/2", "/types/3", "/expected_delay", "/a~1b~0");
    }

    @ParameterizedTest @ValueSource(strings = {"", "not a uri", "/channels/web\u0000", "%zz"})
    void aNameThatNoEventCouldCarryIsRefused(String name) {
        assertThat(pointers(SourceJson.ask(name, json("{}")))).containsExactly("/name");
    }

    @ParameterizedTest @ValueSource(strings = {"[]", "7", "null", "\"x\""})
    void whatIsNotAnObjectIsRefused(String text) {
        assertThat(pointers(text)).containsExactly("");
    }

    @Test void theListOfFaultsIsBounded() {
        var many = IntStream.range(0, 100).mapToObj(i -> "\"x" + i + "\":1").toList();
        assertThat(pointers("{" + String.join(",", many) + "}")).hasSize(20);
    }

    @Test void moreTypesThanTheLimitAreRefused() {
        var types = IntStream.range(0, 101).mapToObj(i -> "\"type-" + i + "\"").toList();
        assertThat(pointers("{\"types\":" + types + "}")).containsExactly("/types");
    }

    @Test void aFieldOfALaterVersionIsPassedOverOnTheLogOnly() {
        assertThat(SourceJson.recorded("/channels/web", json("{\"personalFields\":[]}"))).isInstanceOf(Reading.Readable.class);
        assertThat(pointers("{\"personalFields\":[]}")).containsExactly("/personalFields");
    }

    @ParameterizedTest
    @CsvSource({"page-viewed.v1, true", "password-reset-failed.v1, true", "password-reset, false", "page-viewed.v2, false"})
    void aSourceSendsItsTypesAndFamilies(String type, boolean sends) {
        assertThat(FULL.sends(type)).isEqualTo(sends);
        assertThat(SourceDefinition.of("/channels/web", List.of()).sends(type)).isTrue();
    }

    private static Reading ask(String text) {
        return SourceJson.ask("/channels/web", json(text));
    }

    private static List<String> pointers(String text) {
        return pointers(ask(text));
    }

    private static List<String> pointers(Reading reading) {
        return ((Reading.Invalid) reading).violations().stream().map(Violation::pointer).toList();
    }

    private static JsonNode json(String text) {
        try {
            return EventJson.mapper().readTree(text);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(notJson);
        }
    }
}
