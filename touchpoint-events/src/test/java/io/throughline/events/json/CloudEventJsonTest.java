package io.throughline.events.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.AttributeLimits;
import io.throughline.events.CloudEvent;
import io.throughline.events.ContentHash;
import io.throughline.events.Identity;
import io.throughline.events.KnownTime;
import io.throughline.events.json.CloudEventJson.Reading;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventJsonTest {

    @Test
    void readsAllThatAChannelSays() throws IOException {
        var event = read(event().put("sequence", "12").put("channel", "web").put("mood", "calm").put("tries", 3).put("first", true));
        assertThat(event.subject()).isEqualTo(new Identity("customer", "4711"));
        assertThat(event.attributes().sequence()).isEqualTo("12");
        assertThat(event.attributes().extensions()).containsExactly(java.util.Map.entry("first", "true"), java.util.Map.entry("mood", "calm"),
                java.util.Map.entry("tries", "3"));
        assertThat(event.data().get("version").intValue()).isEqualTo(2);
    }

    @Test
    void whatWasReadIsWrittenAndReadAgain() throws IOException {
        var event = read(event().put("correlationid", "k-1").put("knowntime", "2026-03-03T00:00:00+01:00").put("mood", "calm"));
        var again = read(CloudEventJson.write(event.attributes(), event.subject(), event.data()));
        assertThat(again.attributes()).isEqualTo(event.attributes());
        assertThat(again.data()).isEqualTo(event.data());
    }

    @Test
    void timesAreTruncatedToTheMicrosecondAndKeepTheirOffset() throws IOException {
        var event = read(event().put("time", "2026-03-02T18:12:00.123456789+01:00"));
        assertThat(event.attributes().time()).hasToString("2026-03-02T18:12:00.123456+01:00");
        assertThat(event.attributes().occurredAt()).isEqualTo(Instant.parse("2026-03-02T17:12:00.123456Z"));
    }

    @Test
    void aChannelSaysWhenTheCompanyKnew() throws IOException {
        assertThat(read(event()).attributes().knownTime()).isEqualTo(KnownTime.WHEN_RECORDED);
        assertThat(read(event().putNull("knowntime")).attributes().knownTime()).isEqualTo(KnownTime.WHEN_RECORDED);
        assertThat(read(event().put("knowntime", "unknown")).attributes().knownTime()).isEqualTo(KnownTime.UNKNOWN);
        var stated = read(event().put("knowntime", "2026-03-02T18:12:00.0000001Z"));
        assertThat(stated.attributes().knownTime()).isEqualTo(new KnownTime.Stated(stated.attributes().time()));
        assertThat(stated.attributes().extensions()).isEmpty();
        assertThat(invalid(event().put("time", "yesterday").put("knowntime", "2026-03-02T18:12:00Z")).violations()).extracting(Violation::pointer)
                .containsExactly("/time");
    }

    /// An event is known by the time of its record, whatever its source says.
    @ParameterizedTest
    @CsvSource({", 2026-03-05T00:00:00Z", "2026-03-03T00:00:00Z, 2026-03-03T00:00:00Z", "2026-03-06T00:00:00Z, 2026-03-05T00:00:00Z", "unknown,"})
    void itKnewAtTheLatestWhenItWasRecorded(String knowntime, Instant known) throws IOException {
        var recorded = Instant.parse("2026-03-05T00:00:00Z");
        assertThat(read(event().put("knowntime", knowntime)).attributes().knownTime().of(recorded)).isEqualTo(Optional.ofNullable(known));
    }

    @Test
    void timesAreWrittenWithTheirSecondsAlsoWhereTheyAreZero() throws IOException {
        var event = read(event());
        assertThat(CloudEventJson.write(event.attributes(), event.subject(), null).get("time").textValue()).isEqualTo("2026-03-02T18:12:00Z");
    }

    @Test
    void theHashIsOfTheContentNotOfItsSpelling() throws IOException {
        var spelled = (ObjectNode) EventJson.mapper().readTree("{\"data\":{\"version\":2.0},\"time\":\"2026-03-02T18:12:00Z\",\"subject\":\"customer:4711\","
                + "\"type\":\"address-changed.v1\",\"source\":\"/channels/self-service\",\"id\":\"e-1\",\"specversion\":\"1.0\"}");
        assertThat(read(spelled).contentHash()).isEqualTo(read(event()).contentHash());
        assertThat(read(event().put("time", "2026-03-02T18:12:01Z")).contentHash()).isNotEqualTo(read(event()).contentHash());
        assertThat(ContentHash.parse(read(event()).contentHash().toString())).isEqualTo(read(event()).contentHash());
    }

    /// CloudEvents JSON format: null is as if unset, a missing datacontenttype is application/json, data_base64 is another spelling of the data;
    /// in binary mode every extension is text.
    @ParameterizedTest
    @ValueSource(strings = {
        "'dataschema':null, 'mood':null, 'data':{'version':2}, 'retries':5, 'first':true",
        "'datacontenttype':'application/json', 'data':{'version':2}, 'retries':'5', 'first':'true'",
        "'datacontenttype':'Application/JSON; charset=utf-8', 'data':{'version':2}, 'retries':5, 'first':'true'",
        "'datacontenttype':null, 'data_base64':'eyJ2ZXJzaW9uIjoyfQ==', 'data':null, 'retries':'5', 'first':true",
        "'data':{'version':2.0e0}, 'data_base64':null, 'retries':5, 'first':'true'"})
    void oneEventInTwoFormsIsOneEvent(String members) throws IOException {
        var plain = event().put("retries", "5").put("first", "true");
        assertThat(read(withMembers(members)).contentHash()).isEqualTo(read(plain).contentHash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"'retries':'05'", "'knowntime':'2026-03-03T00:00:00Z'", "'retries':6", "'first':'TRUE'", "'mood':''", "'datacontenttype':'application/a+json'", "'data':{'version':null}",
        "'data_base64':'IntcInZlcnNpb25cIjoyfSI='", "'time':'2026-03-02T18:12:00+00:00'"})
    void anotherContentIsAnotherEvent(String member) throws IOException {
        var plain = event().put("retries", "5").put("first", "true");
        var changed = plain.deepCopy();
        if (member.startsWith("'data_base64'")) {
            changed.remove("data");
        }
        changed.setAll((ObjectNode) EventJson.mapper().readTree("{" + member.replace('\'', '"') + "}"));
        assertThat(read(changed).contentHash()).isNotEqualTo(read(plain).contentHash());
    }

    @Test
    void noDataIsOneContentToo() throws IOException {
        var without = event();
        without.remove("data");
        assertThat(read(event().putNull("data")).contentHash()).isEqualTo(read(without).contentHash());
        assertThat(read(base64(JsonNodeFactory.instance.textNode("bnVsbA=="))).contentHash()).isEqualTo(read(without).contentHash());
        assertThat(read(base64(JsonNodeFactory.instance.textNode("bnVsbA=="))).data()).isNull();
    }

    private static ObjectNode withMembers(String members) throws IOException {
        var event = event();
        event.remove("data");
        return event.setAll((ObjectNode) EventJson.mapper().readTree("{" + members.replace('\'', '"') + "}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "specversion | 0.3 | must be \"1.0\"",
        "id | | must not be empty",
        "source | a b | must be a URI reference",
        "source | /channels/büro | must be a URI reference",
        "source | http://[bad | must be a URI reference",
        "dataschema | not a uri | must be an absolute URI",
        "dataschema | http://[bad | must be an absolute URI",
        "dataschema | /schemas/a.json | must be an absolute URI",
        "dataschema | https://example.org/a#b | must be an absolute URI without a fragment",
        "dataschema | | must not be empty",
        "channel | | must not be empty",
        "sequence | | must not be empty",
        "correlationid | | must not be empty",
        "causationid | | must not be empty",
        "resubmissionof | | must not be empty",
        "time | 2026-03-02T18:12Z | as in 2026-03-02T18:12:00Z: it has no seconds",
        "mood | \ufdd0 | a noncharacter",
        "id | \ud83f\udfff | a noncharacter",
        "time | 2026-03-02T18:12:00 | must be a time with an offset",
        "time | 0001-01-01T00:00:00Z | must lie in the years",
        "time | 9999-12-31T23:59:59Z | must lie in the years",
        "time | 2026-02-30T00:00:00Z | must be a time with an offset",
        "subject | 4711 | an identity is written namespace:value",
        "subject | Customer:4711 | the namespace of an identity",
        "datacontenttype | text/plain | must be application/json",
        "contenthash | 00 | is set by Throughline itself",
        "data_base64 | AAAA | cannot stand beside",
        "knowntime | 2026-03-02T18:11:59.999999Z | it lies before the event's own time",
        "knowntime | 2026-03-02T19:11:59+01:00 | it lies before the event's own time",
        "knowntime | 2026-03-03 | must be \"unknown\" or a time with an offset (RFC 3339), as in 2026-03-02T18:12:00Z: it is a date without a time of day",
        "knowntime | Unknown | must be \"unknown\" or a time",
        "knowntime | | must not be empty",
        "knowntime | 2200-01-01T00:00:00Z | it lies outside the years 1900 to 2199",
        "camelCase | x | is not a CloudEvents attribute name"})
    void namesThePlaceOfEachFault(String field, String value, String detail) throws IOException {
        var invalid = invalid(event().put(field, value == null ? "" : value));
        assertThat(invalid.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo("/" + field);
            assertThat(violation.detail()).contains(detail);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "-2147483649", "1.5", "5.0", "1e3", "12345678901234567890", "{}", "[1]"})
    void anExtensionIsOfATypeOfCloudEvents(String json) throws IOException {
        ObjectNode event = event().set("retries", EventJson.mapper().readTree(json));
        assertThat(invalid(event).violations()).singleElement().extracting(Violation::pointer).isEqualTo("/retries");
    }

    @ParameterizedTest
    @CsvSource({"2147483647, 2147483647", "-2147483648, -2147483648", "-0, 0", "false, false", "'\"\"', ''"})
    void anExtensionIsKeptAsItsCanonicalText(String json, String text) throws IOException {
        ObjectNode event = event().set("retries", EventJson.mapper().readTree(json));
        assertThat(read(event).attributes().extensions()).containsEntry("retries", text);
    }

    @Test
    void tellsAllFaultsAtOnceAndWhoseEventItWas() throws IOException {
        var event = event();
        event.remove("type");
        event.put("time", "yesterday");
        var invalid = invalid(event);
        assertThat(invalid.violations()).extracting(Violation::pointer).containsExactlyInAnyOrder("/type", "/time");
        assertThat(invalid.id()).isEqualTo("e-1");
    }

    @Test
    void refusesTextAndNumbersThatNoStoreHolds() throws IOException {
        var event = event();
        event.set("data", EventJson.mapper().readTree("{\"a\":[\"x\\u0000y\",\"\\ud800\"],\"b\":1e400,\"c\":{\"d\\u0000\":1},\"tiny\":1e-999999999}"));
        assertThat(invalid(event).violations()).extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/data/a/0", "/data/a/1", "/data/b", "/data/c", "/data/tiny");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'' | holds nothing",
        "ICAg | holds nothing",
        "'*' | is not Base64",
        "ew== | does not hold well-formed JSON",
        "W1szMF0= W10= | is not Base64",
        "//57AH0A | not UTF-8",
        "ewB9AA== | does not hold well-formed JSON",
        "IsCvIg== | not UTF-8",
        "Iu2ggCI= | not UTF-8",
        "77u/e30= | does not hold well-formed JSON",
        "IlxkMDAi | does not hold well-formed JSON",
        "Ilx1ZDgwMCI= | unpaired surrogate",
        "Ilx1MDAwMCI= | NUL"})
    void dataInBase64IsJsonInUtf8(String base64, String detail) throws IOException {
        assertThat(invalid(base64(JsonNodeFactory.instance.textNode(base64))).violations()).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo("/data_base64");
            assertThat(violation.detail()).contains(detail);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "1", "true", "1.5"})
    void dataInBase64IsAString(String json) throws IOException {
        assertThat(invalid(base64(EventJson.mapper().readTree(json))).violations())
                .containsExactly(new Violation("/data_base64", "must be a string, the data in Base64 (RFC 4648)"));
    }

    @Test
    void dataInBase64IsReadAsIfItStoodThere() throws IOException {
        assertThat(read(base64(JsonNodeFactory.instance.textNode("eyJjaXR5IjoiWsO8cmljaCJ9"))).data()).isEqualTo(
                EventJson.mapper().readTree("{\"city\":\"Zürich\"}"));
        assertThat(read(base64(JsonNodeFactory.instance.nullNode())).data()).isNull();
    }

    /// Each one may be as long as it likes within its own limit, but not all of them together.
    @Test
    void allAttributesTogetherHaveALimit() throws IOException {
        var event = event();
        for (int i = 0; i < 15; i++) {
            event.put("e" + i, "x".repeat(AttributeLimits.MAX_VALUE));
        }
        assertThat(read(event).attributes().extensions()).hasSize(15);
        event.put("last", "é".repeat(512));
        assertThat(invalid(event).violations()).singleElement()
                .satisfies(violation -> assertThat(violation.detail()).contains("has more than 16384 bytes of attributes"));
    }

    @Test
    void anythingElseThanAnObjectIsNoEvent() throws IOException {
        assertThat(CloudEventJson.read(EventJson.mapper().readTree("[1]"))).isInstanceOf(Reading.Invalid.class);
    }

    private static ObjectNode event() throws IOException {
        return (ObjectNode) EventJson.mapper().readTree("""
                { "specversion": "1.0", "id": "e-1", "source": "/channels/self-service", "type": "address-changed.v1",
                  "subject": "customer:4711", "time": "2026-03-02T18:12:00Z", "data": { "version": 2 } }""");
    }

    private static ObjectNode base64(JsonNode data) throws IOException {
        var event = event();
        event.remove("data");
        return event.set("data_base64", data);
    }

    private static CloudEvent read(ObjectNode json) {
        return ((Reading.Readable) CloudEventJson.read(json)).event();
    }

    private static Reading.Invalid invalid(ObjectNode json) {
        return (Reading.Invalid) CloudEventJson.read(json);
    }
}
