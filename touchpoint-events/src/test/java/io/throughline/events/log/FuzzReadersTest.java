package io.throughline.events.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.throughline.events.CloudEvent;
import io.throughline.events.Envelope;
import io.throughline.events.Subject;
import io.throughline.events.Text;
import io.throughline.events.Token;
import io.throughline.events.json.CloudEventJson;
import io.throughline.events.json.CloudEventJson.Reading;
import io.throughline.events.json.EventJson;
import io.throughline.events.log.LogRecord.Header;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Events and records that are nearly right: each is read or refused, never thrown at, and what is read can be written and read again.
///
/// Plain seeded mutations: `-Dseed=N` tries one seed, which is in the name of each case.
class FuzzReadersTest {
    private static final int SEEDS = 20;
    private static final int PER_SEED = 500;
    private static final String EVENT = """
            {"specversion":"1.0","id":"e-1","source":"/channels/web","type":"page-viewed.v1","subject":"customer:4711",
            "time":"2026-03-02T18:12:00.123456+01:00","channel":"web","sequence":"12","correlationid":"c","knowntime":"2026-03-03T00:00:00Z","traceparent":"00-0-0-00",
            "dataschema":"https://example.org/s","datacontenttype":"application/json",
            "data":{"n":1.50,"text":"Zoë 語 \\ud83d\\ude00","list":[1,null,{"a":true}]}}""";
    private static final List<String> VALUES = List.of("null", "true", "[]", "{}", "\"\"", "0", "-1", "1.5", "1e999999999", "1e99999999999",
            "9".repeat(100), "9".repeat(101), "\"\\u0000\"", "\"\\ud800\"",
            "[".repeat(63) + "]".repeat(63), "[".repeat(70) + "]".repeat(70), "\"" + "x".repeat(1_025) + "\"", "\"語\"",
            "\"2026-02-30T00:00:00Z\"", "\"2199-12-31T23:59:59.999999999-18:00\"", "\"e30=\"", "\"customer:\"",
            "\"not a uri\"", "\"http://[bad\"", "\"/a%zz\"", "\"a:\"", "\"//\"", "\"/a?b[]\"", "\"\ufffe\"", "5", "9999999999",
            "\":\"", "\"area:x\"", "{\"a\":1,\"a\":2}", "\"\\u202e\"", "\"%00\"", "NaN", "\"unknown\"");

    static LongStream seeds() {
        return Long.getLong("seed") instanceof Long given ? LongStream.of(given) : new Random().longs(SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsReadCanBeWrittenAndReadAgain(long seed) throws JsonProcessingException {
        var random = new Random(seed);
        for (int i = 0; i < PER_SEED; i++) {
            var text = mutated(random, EVENT);
            JsonNode json;
            try {
                json = EventJson.mapper().readTree(text);
            } catch (JsonProcessingException _) {
                continue;
            }
            switch (CloudEventJson.read(json)) {
                case Reading.Invalid invalid -> assertThat(invalid.violations()).as(text).isNotEmpty();
                case Reading.Readable(CloudEvent event) -> {
                    var again = CloudEventJson.read(CloudEventJson.write(event.attributes(), event.subject(), event.data()));
                    assertThat(again).as(text).isInstanceOfSatisfying(Reading.Readable.class, readable -> {
                        assertThat(readable.event().attributes()).isEqualTo(event.attributes());
                        assertThat(readable.event().subject()).isEqualTo(event.subject());
                        assertThat(readable.event().data()).isEqualTo(event.data());
                    });
                    var envelope = event.addressedTo(new Subject.Person(new Token(new UUID(1, 2)), event.subject().namespace()));
                    var data = event.data() == null ? null : EventJson.mapper().writeValueAsBytes(event.data());
                    var record = EnvelopeWriter.write(envelope, data);
                    assertThat(read(record.headers())).as(text).isEqualTo(new EnvelopeReader.Reading.Readable(envelope));
                    assertThat(readBySdk(record)).as(text).extracting(io.cloudevents.CloudEvent::getId, io.cloudevents.CloudEvent::getTime)
                            .containsExactly(event.attributes().id(), event.attributes().time());
                }
            }
        }
    }

    /// By the SDK of CloudEvents, as other readers of the log may do.
    private static io.cloudevents.CloudEvent readBySdk(LogRecord record) {
        var headers = new RecordHeaders();
        record.headers().forEach(header -> headers.add(header.name(), header.value()));
        try (var deserializer = new CloudEventDeserializer()) {
            return deserializer.deserialize("touchpoints", headers, record.value());
        }
    }

    private static EnvelopeReader.Reading read(List<Header> headers) {
        var reader = new EnvelopeReader();
        headers.forEach(header -> reader.header(header.name(), header.value()));
        return reader.reading();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void headersOfAnotherWriterAreReadOrRefusedWithAReason(long seed) throws JsonProcessingException {
        var random = new Random(seed);
        var sound = EnvelopeWriter.write(envelope(), null).headers();
        for (int i = 0; i < PER_SEED; i++) {
            var headers = new ArrayList<>(sound);
            for (int change = 1 + random.nextInt(3); change > 0; change--) {
                change(random, headers);
            }
            if (read(headers) instanceof EnvelopeReader.Reading.Unreadable(String reason)) {
                assertThat(reason).isNotBlank().hasSizeLessThan(1_000);
                assertThat(Text.isPlain(reason)).as(reason).isTrue();
            }
        }
    }

    private static Envelope envelope() throws JsonProcessingException {
        var event = ((Reading.Readable) CloudEventJson.read(EventJson.mapper().readTree(EVENT))).event();
        return event.addressedTo(new Subject.Person(new Token(new UUID(3, 4)), "customer"));
    }

    private static void change(Random random, List<Header> headers) {
        int at = random.nextInt(headers.size());
        var header = headers.get(at);
        switch (random.nextInt(6)) {
            case 0 -> headers.remove(at);
            case 1 -> headers.set(at, new Header(header.name(), bytes(random, header.value())));
            case 2 -> headers.set(at, new Header(header.name(), VALUES.get(random.nextInt(VALUES.size())).getBytes(UTF_8)));
            case 3 -> headers.add(new Header("ce_" + "\0xé ".charAt(random.nextInt(4)) + "a".repeat(random.nextInt(400)), header.value()));
            case 4 -> headers.add(header);
            default -> headers.set(at, new Header(header.name(), "x".repeat(1 + random.nextInt(10_000)).getBytes(UTF_8)));
        }
        if (headers.isEmpty()) {
            headers.add(header);
        }
    }

    private static byte[] bytes(Random random, byte[] value) {
        var changed = Arrays.copyOf(value, Math.max(1, value.length + random.nextInt(3) - 1));
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        return changed;
    }

    /// One to three values replaced, characters changed, parts left out or doubled.
    private static String mutated(Random random, String text) {
        var mutated = text;
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(mutated.length());
            int end = Math.min(mutated.length(), at + 1 + random.nextInt(20));
            mutated = switch (random.nextInt(6)) {
                case 0 -> mutated.substring(0, at) + mutated.substring(end);
                case 1 -> mutated.substring(0, at) + mutated.substring(at, end) + mutated.substring(at);
                case 2 -> mutated.substring(0, at) + (char) random.nextInt(0x10000) + mutated.substring(Math.min(mutated.length(), at + 1));
                default -> replaced(random, mutated);
            };
            mutated = mutated.isEmpty() ? text : mutated;
        }
        return mutated;
    }

    /// A whole value, that of a member, becomes another.
    private static String replaced(Random random, String text) {
        int colon = text.indexOf("\":", random.nextInt(text.length()));
        int end = colon < 0 ? -1 : text.indexOf(',', colon);
        return end < 0 ? text : text.substring(0, colon + 2) + VALUES.get(random.nextInt(VALUES.size())) + text.substring(end);
    }
}
