package io.throughline.journey.kafka;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.Attributes;
import io.throughline.events.ContentHash;
import io.throughline.events.Envelope;
import io.throughline.events.Subject;
import io.throughline.events.Token;
import io.throughline.events.log.EnvelopeWriter;
import io.throughline.journey.project.Decoded;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordDecoderTest {

    private static final Envelope ENVELOPE = new Envelope(Attributes.of("/channels/web", "e-1", "page-viewed.v1", OffsetDateTime.parse("2026-03-02T18:12:00Z")),
            new Subject.Person(Token.parse("0123456789abcdef0123456789abcdef"), "customer"), ContentHash.parse("00000000000000000000000000000001"));

    @Test
    void readsAnEventAndKeepsItsDataAsItIs() {
        assertThat(decode("{ \"n\": 12345678901234567890 }".getBytes(UTF_8))).isInstanceOfSatisfying(Decoded.Event.class, event -> {
            assertThat(event.envelope()).isEqualTo(ENVELOPE);
            assertThat(event.data()).isEqualTo("{ \"n\": 12345678901234567890 }");
            assertThat(event.position()).hasToString("touchpoints-3:42");
        });
    }

    @Test
    void anEventNeedsNoData() {
        assertThat(decode(null)).isInstanceOfSatisfying(Decoded.Event.class, event -> assertThat(event.data()).isNull());
        assertThat(decode(new byte[0])).isInstanceOfSatisfying(Decoded.Event.class, event -> assertThat(event.data()).isNull());
    }

    @ParameterizedTest
    @MethodSource
    void poisonIsKeptWithTheReason(String reason, byte[] value) {
        assertThat(decode(value)).isInstanceOfSatisfying(Decoded.Unreadable.class, unreadable -> {
            assertThat(unreadable.reason()).contains(reason);
            assertThat(unreadable.value()).isEqualTo(value);
        });
    }

    static Stream<Arguments> poisonIsKeptWithTheReason() {
        return Stream.of(
                Arguments.of("not JSON", "not JSON".getBytes(UTF_8)),
                Arguments.of("not JSON", "{} {}".getBytes(UTF_8)),
                Arguments.of("not JSON", " ".getBytes(UTF_8)),
                Arguments.of("not UTF-8", "{\"a\":1}".getBytes(UTF_16)),
                Arguments.of("not UTF-8", new byte[] {'"', (byte) 0xc3, 0x28, '"'}),
                Arguments.of("not JSON", "{\"a\":\"x\0y\"}".getBytes(UTF_8)),
                Arguments.of("within our limits", ("[".repeat(10_000) + "]".repeat(10_000)).getBytes(UTF_8)),
                Arguments.of("within our limits", ("{\"a\":" + "9".repeat(5_000) + "}").getBytes(UTF_8)));
    }

    @Test
    void arecordWithoutHeadersIsKeptWithTheReason() {
        var record = new ConsumerRecord<>("touchpoints", 3, 42L, "key".getBytes(UTF_8), "{}".getBytes(UTF_8));
        assertThat(RecordDecoder.decode(record)).isInstanceOfSatisfying(Decoded.Unreadable.class,
                unreadable -> assertThat(unreadable.reason()).contains("ce_specversion"));
    }

    private static Decoded decode(byte[] value) {
        var headers = new RecordHeaders();
        EnvelopeWriter.write(ENVELOPE, value).headers().forEach(header -> headers.add(header.name(), header.value()));
        return RecordDecoder.decode(new ConsumerRecord<>("touchpoints", 3, 42L, 1_772_475_120_000L, TimestampType.LOG_APPEND_TIME, 0, 0, null, value,
                headers, Optional.empty()));
    }
}
