package io.throughline.events.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.kafka.CloudEventDeserializer;
import io.throughline.events.definition.DefinitionCodec.Reading;
import io.throughline.events.log.LogRecord;
import io.throughline.events.log.LogRecord.Header;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionCodecTest {

    private static final Instant AT = Instant.parse("2026-03-02T18:12:00Z");
    private static final DefinitionKey KEY = DefinitionKey.source("/channels/zürich");
    private static final DefinitionRecord REGISTERED = new DefinitionRecord("d-1", KEY, SourceDefinition.REGISTERED, 3, "operator", AT,
            SourceJson.write(SourceDefinition.of("/channels/zürich", List.of("page-viewed.v1"))));
    private static final DefinitionRecord REMOVED = new DefinitionRecord("d-2", KEY, SourceDefinition.REMOVED, 4, "operator", AT, null);

    @Test void isReadByTheCloudEventsSdk() {
        var record = DefinitionCodec.write(REGISTERED);
        try (var deserializer = new CloudEventDeserializer()) {
            var headers = new RecordHeaders();
            record.headers().forEach(header -> headers.add(header.name(), header.value()));
            var event = deserializer.deserialize("definitions", headers, record.value());
            assertThat(event.getId()).isEqualTo("d-1");
            assertThat(event.getSource()).hasToString("/throughline/definitions");
            assertThat(event.getType()).isEqualTo("source-registered.v1");
            assertThat(event.getSubject()).isEqualTo("source:/channels/zürich");
            assertThat(event.getTime()).isEqualTo(AT.atOffset(ZoneOffset.UTC));
            assertThat(event.getExtension("version")).isEqualTo("3");
            assertThat(event.getExtension("by")).isEqualTo("operator");
            assertThat(event.getDataContentType()).isEqualTo("application/json");
            assertThat(new String(event.getData().toBytes(), UTF_8)).isEqualTo("{\"types\":[\"page-viewed.v1\"],\"expectedDelay\":\"PT0S\"}");
        }
    }

    @Test void isReadBackAsItWasWritten() {
        assertThat(DefinitionCodec.read(DefinitionCodec.write(REGISTERED))).isEqualTo(new Reading.Readable(REGISTERED));
        assertThat(DefinitionCodec.read(DefinitionCodec.write(REMOVED))).isEqualTo(new Reading.Readable(REMOVED));
    }

    /// RFC 3339 asks for the seconds, where Java's own texts may leave them out.
    @Test void aFullMinuteIsWrittenWithItsSeconds() {
        assertThat(DefinitionCodec.write(REMOVED).headers()).anySatisfy(header -> {
            assertThat(header.name()).isEqualTo("ce_time");
            assertThat(header.value()).asString().isEqualTo("2026-03-02T18:12:00Z");
        });
    }

    @Test void theKeyOfTheRecordIsTheDefinitions() {
        assertThat(new String(DefinitionCodec.write(REMOVED).key(), UTF_8)).isEqualTo("source:/channels/zürich");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_specversion", "ce_id", "ce_type", "ce_time", "ce_subject", "ce_version", "ce_by"})
    void withoutAHeaderItIsUnreadableAndTheReasonNamesIt(String missing) {
        assertUnreadable(replaced(missing, null), missing + " is missing");
    }

    @ParameterizedTest
    @CsvSource({"ce_specversion, 0.3", "ce_time, yesterday", "ce_time, 2026-03-02T18:12:00+01:00:30", "ce_subject, nothing", "ce_version, 0", "ce_version, 9223372036854775808"})
    void rubbishInAHeaderIsUnreadableNotAnException(String name, String value) {
        assertThat(DefinitionCodec.read(replaced(name, value.getBytes(UTF_8)))).isInstanceOf(Reading.Unreadable.class);
    }

    @Test void bytesThatAreNotTextAreUnreadableNotAnException() {
        assertUnreadable(replaced("ce_by", new byte[] {(byte) 0xc3, 0x28}), "ce_by");
    }

    @Test void aValueThatIsNotJsonIsUnreadableNotAnException() {
        var record = DefinitionCodec.write(REGISTERED);
        assertUnreadable(new LogRecord(record.key(), record.headers(), "SECRET{".getBytes(UTF_8)), "not JSON");
    }

    @Test void onlyTheNextVersionTakesEffect() {
        assertThat(REGISTERED.follows(2)).isTrue();
        assertThat(REGISTERED.follows(3)).isFalse();
        assertThat(REGISTERED.follows(1)).isFalse();
    }

    private static void assertUnreadable(LogRecord record, String reason) {
        assertThat(DefinitionCodec.read(record)).isInstanceOfSatisfying(Reading.Unreadable.class,
                unreadable -> assertThat(unreadable.reason()).contains(reason).doesNotContain("SECRET"));
    }

    private static LogRecord replaced(String name, byte[] value) {
        var record = DefinitionCodec.write(REGISTERED);
        var headers = new ArrayList<>(record.headers());
        headers.removeIf(header -> header.name().equals(name));
        if (value != null) {
            headers.add(new Header(name, value));
        }
        return new LogRecord(record.key(), headers, record.value());
    }
}
