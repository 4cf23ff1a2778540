package io.throughline.events.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.cloudevents.kafka.CloudEventDeserializer;
import io.throughline.events.Attributes;
import io.throughline.events.ContentHash;
import io.throughline.events.Envelope;
import io.throughline.events.Identity;
import io.throughline.events.KnownTime;
import io.throughline.events.Subject;
import io.throughline.events.Token;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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
            assertThat(event.getExtension("knowntime")).isEqualTo("2026-03-03T09:00:00Z");
        }
    }

    @Test
    void isReadBackAsItWasWritten() {
        assertThat(read(EnvelopeWriter.write(full(), DATA))).isEqualTo(new EnvelopeReader.Reading.Readable(full()));
        var control = new Envelope(Attributes.of("/systems/network", "o-1", "outage-declared.v1", OffsetDateTime.parse("2026-03-02T18:12:00Z")),
                new Subject.Control(new Identity("area", "north")), HASH);
        for (var known : List.of(KnownTime.WHEN_RECORDED, KnownTime.UNKNOWN)) {
            var envelope = new Envelope(full().attributes().known(known), full().subject(), HASH);
            assertThat(read(EnvelopeWriter.write(envelope, DATA))).isEqualTo(new EnvelopeReader.Reading.Readable(envelope));
        }
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

    static Stream<Arguments> tooMuch() {
        return Stream.of(
                arguments("ce_id", "x".repeat(257), "header ce_id has more than 256 characters"),
                arguments("ce_source", "/" + "x".repeat(6_000), "header ce_source has more than 256 characters"),
                arguments("ce_type", "x".repeat(257), "header ce_type has more than 256 characters"),
                arguments("ce_channel", "x".repeat(1_025), "header ce_channel has more than 1024 characters"),
                arguments("ce_sequence", "x".repeat(1_025), "header ce_sequence has more than 1024 characters"),
                arguments("ce_correlationid", "x".repeat(1_025), "header ce_correlationid has more than 1024 characters"),
                arguments("ce_causationid", "x".repeat(1_025), "header ce_causationid has more than 1024 characters"),
                arguments("ce_resubmissionof", "x".repeat(1_025), "header ce_resubmissionof has more than 1024 characters"),
                arguments("ce_dataschema", "x".repeat(1_025), "header ce_dataschema has more than 1024 characters"),
                arguments("ce_subject", "x".repeat(300_000), "header ce_subject has more than 1024 characters"),
                arguments("ce_identityns", "x".repeat(33), "ce_identityns is not a lower-case word"),
                arguments("ce_note", "x".repeat(300_000), "header ce_note has more than 1024 characters"),
                arguments("ce_" + "x".repeat(300), "x", "a header's name is not that of an attribute"),
                arguments("ce_Upper", "x", "a header's name is not that of an attribute"),
                arguments("ce_", "x", "a header's name is not that of an attribute"),
                arguments("ce_data", "{}", "a header's name is not that of an attribute"),
                arguments("ce_source", "not a uri", "ce_source is not a URI reference"),
                arguments("ce_source", "/büro", "ce_source is not a URI reference"),
                arguments("ce_dataschema", "http://[bad", "ce_dataschema is not an absolute URI"),
                arguments("ce_dataschema", "/schemas/a.json", "ce_dataschema is not an absolute URI"),
                arguments("ce_dataschema", "", "header ce_dataschema is empty"),
                arguments("ce_channel", "", "header ce_channel is empty"),
                arguments("ce_sequence", "", "header ce_sequence is empty"),
                arguments("ce_note", "a\uffffb", "header ce_note is not plain UTF-8 text"),
                arguments("ce_time", "2026-03-02T18:12:00+01:00:30", "ce_time is not an RFC 3339 time: it has an offset with seconds"),
                arguments("ce_time", "1899-12-31T23:59:59Z", "ce_time is outside the years 1900 to 2199"),
                arguments("ce_knowntime", "", "ce_knowntime is neither unknown nor a time"),
                arguments("ce_knowntime", "Unknown", "ce_knowntime is neither unknown nor a time"),
                arguments("ce_knowntime", "2026-03-02T18:11:59+01:00", "it lies before the event's own time"),
                arguments("ce_time", "2200-01-01T00:00:00Z", "ce_time is outside the years 1900 to 2199"));
    }

    /// Of another writer: nothing behind the reader meets more than ingest lets in.
    @ParameterizedTest
    @MethodSource("tooMuch")
    void whatIngestWouldRefuseIsUnreadable(String name, String value, String reason) {
        var reader = reader(full());
        reader.header(name, value.getBytes(UTF_8));
        assertThat(reader.reading()).isInstanceOfSatisfying(EnvelopeReader.Reading.Unreadable.class, unreadable ->
                assertThat(unreadable.reason()).contains(reason).hasSizeLessThan(200));
    }

    @Test
    void tooManyOrTooLongExtensionsAreUnreadable() {
        var many = reader(full());
        IntStream.range(0, 32).forEach(i -> many.header("ce_e" + i, new byte[] {'x'}));
        assertThat(many.reading()).isEqualTo(new EnvelopeReader.Reading.Unreadable("it has more than 32 extension attributes"));
        var large = reader(full());
        IntStream.range(0, 16).forEach(i -> large.header("ce_e" + i, "x".repeat(1_024).getBytes(UTF_8)));
        assertThat(large.reading()).isEqualTo(new EnvelopeReader.Reading.Unreadable("it has more than 16384 bytes of attributes"));
    }

    private static EnvelopeReader reader(Envelope envelope) {
        var reader = new EnvelopeReader();
        EnvelopeWriter.write(envelope, DATA).headers().forEach(header -> reader.header(header.name(), header.value()));
        return reader;
    }

    private static Envelope full() {
        var attributes = new Attributes("/channels/self-service", "e-1", "address-changed.v1", OffsetDateTime.parse("2026-03-02T18:12:00.000001+01:00"),
                "web", "12", "k-1", "c-1", "r-1", "https://example.org/schema",
                new KnownTime.Stated(OffsetDateTime.parse("2026-03-03T09:00:00Z")), new TreeMap<>(Map.of("mood", "glücklich")));
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
