package io.throughline.events.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.Money;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The approved samples are the promise to everything ever written: a renamed field or wire name turns one of them red.
///
/// A *new* event gets its samples by `-Dapprove=true`; an approved sample is changed by nobody.
class EventSamplesTest {

    private static final Path SAMPLES = Path.of("src/test/resources/samples");

    /// The library would read all of them.
    @ParameterizedTest
    @ValueSource(strings = {"\"2026-03-02T18:12Z\"", "\"2026-03-02T18:12:00+01:00:30\"", "1772475120", "\"\""})
    void aTimeInTheDataIsOfRfc3339(String due) throws IOException {
        var data = EventJson.mapper().readTree("{\"promiseId\":\"p-1\",\"what\":\"call back\",\"due\":" + due + "}");
        assertThat(EventCodec.read("promise-made.v1", data)).isInstanceOf(GenericTouchpoint.class);
    }

    @ParameterizedTest
    @MethodSource("wireNames")
    void writesTheApprovedSample(String wireName) throws Exception {
        assertApproved(wireName, "full", sample(wireName, true));
        assertApproved(wireName, "required", sample(wireName, false));
    }

    @ParameterizedTest
    @MethodSource("wireNames")
    void readsTheApprovedSample(String wireName) throws Exception {
        for (var complete : List.of(true, false)) {
            var approved = EventJson.mapper().readTree(file(wireName, complete ? "full" : "required").toFile());
            var event = EventCodec.read(wireName, approved.get("data"));
            assertThat(event).isEqualTo(sample(wireName, complete));
            assertThat(EventCodec.wireName(event)).isEqualTo(wireName);
        }
    }

    @ParameterizedTest
    @MethodSource("wireNames")
    void keepsAnEventWithoutARequiredFieldAsGeneric(String wireName) throws Exception {
        var data = EventJson.mapper().readTree(file(wireName, "required").toFile()).get("data");
        for (var name : data.properties().stream().map(Map.Entry::getKey).toList()) {
            ObjectNode without = data.deepCopy();
            without.remove(name);
            assertThat(EventCodec.read(wireName, without)).as(wireName + " without " + name).isEqualTo(new GenericTouchpoint(wireName, without));
        }
    }

    @Test
    void hasASampleOfEveryEventAndNoOther() throws IOException {
        try (var files = Files.list(SAMPLES)) {
            var sampled = files.map(file -> file.getFileName().toString().replaceAll("\\.(full|required)\\.json$", "")).distinct().sorted().toList();
            assertThat(sampled).containsExactlyElementsOf(EventCodec.wireNames());
        }
    }

    @Test
    void unknownNamesAreKeptWhole() {
        var data = JsonNodeFactory.instance.objectNode().put("anything", 1);
        assertThat(EventCodec.read("parcel-weighed.v7", data)).isEqualTo(new GenericTouchpoint("parcel-weighed.v7", data));
        assertThat(EventCodec.read("parcel-weighed.v7", null)).isEqualTo(new GenericTouchpoint("parcel-weighed.v7", null));
    }

    @Test
    void unknownFieldsAreTolerated() {
        var data = JsonNodeFactory.instance.objectNode().put("promiseId", "p-1").put("mood", "good");
        assertThat(EventCodec.read("promise-kept.v1", data)).isEqualTo(new ContactEvent.PromiseKept("p-1"));
    }

    static Stream<String> wireNames() {
        return EventCodec.wireNames().stream();
    }

    private static void assertApproved(String wireName, String kind, TouchpointEvent event) throws IOException {
        var json = JsonNodeFactory.instance.objectNode().put("type", wireName);
        json.set("data", EventCodec.write(event));
        if (Boolean.getBoolean("approve") && !Files.exists(file(wireName, kind))) {
            Files.createDirectories(SAMPLES);
            Files.writeString(file(wireName, kind), EventJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
        }
        JsonNode approved = EventJson.mapper().readTree(file(wireName, kind).toFile());
        assertThat(EventJson.mapper().readTree(json.toString())).isEqualTo(approved);
    }

    private static Path file(String wireName, String kind) {
        return SAMPLES.resolve(wireName + "." + kind + ".json");
    }

    private static TouchpointEvent sample(String wireName, boolean complete) throws ReflectiveOperationException {
        var type = EventCodec.typeOf(wireName);
        var components = type.getRecordComponents();
        var arguments = Arrays.stream(components).map(component -> complete || !EventCodec.isOptional(component) ? value(component) : null).toArray();
        var constructor = type.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
        return constructor.newInstance(arguments);
    }

    private static Object value(RecordComponent component) {
        var type = component.getType();
        if (type == String.class) {
            return component.getName() + "-1";
        } else if (type == int.class || type == Integer.class) {
            return 7;
        } else if (type == long.class) {
            return 1042L;
        } else if (type == boolean.class || type == Boolean.class) {
            return true;
        } else if (type == Money.class) {
            return Money.of("12.50", "GBP");
        } else if (type == OffsetDateTime.class) {
            return OffsetDateTime.parse("2026-03-02T18:12:00+01:00");
        } else if (type == PostalAddress.class) {
            return new PostalAddress(List.of("7 Harbour View"), "BS1 6UZ", "Bristol", "GB");
        } else if (type == List.class) {
            return List.of(JsonNodeFactory.instance.objectNode().put("product", "lamp"));
        }
        throw new AssertionError("no sample value for " + type + ": add one");
    }
}
