package io.throughline.events.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.kafka.CloudEventDeserializer;
import io.throughline.events.Attributes;
import io.throughline.events.ContentHash;
import io.throughline.events.Envelope;
import io.throughline.events.Identity;
import io.throughline.events.Subject;
import io.throughline.events.Token;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeOnKafkaTest {

    private static final Token TOKEN = Token.parse("0123456789abcdef0123456789abcdef");
    private static final ContentHash HASH = ContentHash.parse("ffffffffffffffff0000000000000001");
    private static final byte[] DATA = "{\"addressId\":\"home\",\"city\":\"Zürich\"}".getBytes(UTF_8);

    @Test
    void isReadByTheCloudEventsSdk() {
        var record = EnvelopeWriter.write(full(), DATA);
        try (var deserializer = new CloudEventDeserializer()) {
            var event = deserializer.deserialize("touchpoints", headers(record), record.value());
            assertThat(event.getSpecVersion()).hasToString("1.0");
            assertThat(event.getId()).isEqualTo("e-1");
            assertThat(event.getSource()).hasToString("/channels/self-service");
            assertThat(event.getType()).isEqualTo("address-changed.v1");
            assertThat(event.getSubject()).isEqualTo(TOKEN.toString());
            assertThat(event.getTime()).isEqualTo(OffsetDateTime.parse("2026-03-02T18:12:00.000001+01:00"));
            assertThat(event.getDataContentType()).isEqualTo("application/json");
            assertThat(event.getData().toBytes()).isEqualTo(DATA);
            assertThat(event.getExtension("identityns")).isEqualTo("customer");
            assertThat(event.getExtension("contenthash")).isEqualTo(HASH.toString());
            assertThat(event.getExtension("mood")).isEqualTo("glücklich");
        }
    }

    @Test
    void isReadBackAsItWasWritten() {
        assertThat(read(EnvelopeWriter.write(full(), DATA))).isEqualTo(new EnvelopeReader.Reading.Readable(full()));
        var control = new Envelope(Attributes.of("/systems/network", "o-1", "outage-declared.v1", OffsetDateTime.parse("2026-03-02T18:12:00Z")),
                new Subject.Control(new Identity("area", "north")), HASH);
        assertThat(read(EnvelopeWriter.write(control, null))).isEqualTo(new EnvelopeReader.Reading.Readable(control));
    }

    @Test
    void theKeyIsTheTokenAndNothingPersonalIsInTheRecord() {
        var record = EnvelopeWriter.write(full(), DATA);
        assertThat(new String(record.key(), UTF_8)).isEqualTo(TOKEN.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "ce_subject", "ce_identityns", "ce_contenthash"})
    void withoutARequiredHeaderItIsUnreadableAndTheReasonNamesIt(String missing) {
        var reader = new EnvelopeReader();
        EnvelopeWriter.write(full(), DATA).headers().stream().filter(header -> !header.name().equals(missing))
                .forEach(header -> reader.header(header.name(), header.value()));
        assertThat(reader.reading()).isInstanceOfSatisfying(EnvelopeReader.Reading.Unreadable.class,
                unreadable -> assertThat(unreadable.reason()).contains(missing));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_time", "ce_subject", "ce_contenthash", "ce_specversion", "ce_anything"})
    void rubbishInAHeaderIsUnreadableNotAnException(String name) {
        var garbled = new EnvelopeReader();
        EnvelopeWriter.write(full(), DATA).headers().forEach(header -> garbled.header(header.name(), header.value()));
        garbled.header(name, new byte[] {(byte) 0xc3, 0x28});
        assertThat(garbled.reading()).isInstanceOf(EnvelopeReader.Reading.Unreadable.class);
    }

    private static Envelope full() {
        var attributes = new Attributes("/channels/self-service", "e-1", "address-changed.v1", OffsetDateTime.parse("2026-03-02T18:12:00.000001+01:00"),
                "web", "12", "k-1", "c-1", "r-1", "https://example.org/schema", new TreeMap<>(Map.of("mood", "glücklich")));
        return new Envelope(attributes, new Subject.Person(TOKEN, "customer"), HASH);
    }

    private static EnvelopeReader.Reading read(LogRecord record) {
        var reader = new EnvelopeReader();
        record.headers().forEach(header -> reader.header(header.name(), header.value()));
        return reader.reading();
    }

    private static RecordHeaders headers(LogRecord record) {
        var headers = new RecordHeaders();
        record.headers().forEach(header -> headers.add(header.name(), header.value()));
        return headers;
    }
}
