package io.throughline.ingest;

import static io.throughline.ingest.Events.bytes;
import static io.throughline.ingest.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.throughline.events.ContentHash;
import io.throughline.events.json.CloudEventJson;
import io.throughline.events.json.CloudEventJson.Reading;
import io.throughline.events.json.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryEventTest {

    @Test void anEventIsTheSameContentInBothModes() {
        var data = EventText.read(bytes("{\"a\":1}"));
        var headers = new ArrayList<Map.Entry<String, String>>();
        headers.add(Map.entry("Host", "localhost"));
        event("e-1").properties().forEach(field -> headers.add(Map.entry("Ce-" + field.getKey(), field.getValue().asText())));

        var binary = BinaryEvent.structured(headers, "application/json; charset=utf-8", data);

        var structured = event("e-1").<JsonNode>set("data", data);
        assertThat(hash(binary)).isEqualTo(hash(structured));
    }

    @Test void whatBinaryModeCannotTellApartIsTheSameContent() {
        var headers = new ArrayList<Map.Entry<String, String>>();
        event("e-1").put("retries", 5).put("first", true).properties().forEach(field -> headers.add(Map.entry("ce-" + field.getKey(), field.getValue().asText())));
        var structured = event("e-1").put("retries", 5).put("first", true).putNull("dataschema").putNull("data");
        assertThat(hash(BinaryEvent.structured(headers, null, null))).isEqualTo(hash(structured));
        assertThat(hash(BinaryEvent.structured(headers, "application/json", NullNode.instance))).isEqualTo(hash(structured));
        structured.put("datacontenttype", "application/a+json");
        assertThat(hash(BinaryEvent.structured(headers, "application/a+json", null))).isEqualTo(hash(structured));
    }

    private static ContentHash hash(JsonNode event) {
        return ((Reading.Readable) CloudEventJson.read(event)).event().contentHash();
    }

    @ParameterizedTest @CsvSource({
        "plain, plain", "a%20b, a b", "a+b, a+b", "Euro%20%E2%82%AC%20%F0%9F%98%80, Euro € 😀", "100%25, 100%", "%2525, %25",
        "\"quoted \\\" text\", 'quoted \" text'"})
    void valuesAreUnquotedAndPercentDecodedOnce(String header, String value) {
        assertThat(BinaryEvent.structured(List.of(Map.entry("ce-id", header)), null, null).get("id").textValue()).isEqualTo(value);
    }

    @ParameterizedTest @CsvSource({"ce-id, %zz", "ce-id, %f", "ce-id, %", "ce-id, %FF", "ce-id, é", "ce-data, 1", "ce-data_base64, MQ==",
            "ce-datacontenttype, text/plain"})
    void whatIsNotAnAttributeIsRefusedWithItsPlace(String name, String value) {
        var refusal = catchThrowableOfType(Refusal.class, () -> BinaryEvent.structured(List.of(Map.entry(name, value)), null, null));
        assertThat(refusal).isNotNull();
        assertThat(refusal.problem().errors()).extracting(Violation::pointer).containsExactly("/" + name.substring(3));
    }

    @Test void anAttributeCannotComeTwice() {
        var twice = List.of(Map.entry("ce-id", "1"), Map.entry("CE-ID", "2"));
        assertThat(catchThrowableOfType(Refusal.class, () -> BinaryEvent.structured(twice, null, null))).isNotNull();
    }
}
