package io.throughline.journey.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonParser;
import io.throughline.events.Text;
import io.throughline.events.json.EventJson;
import io.throughline.events.log.EnvelopeReader;
import io.throughline.events.log.LogRecord.Header;
import io.throughline.journey.Position;
import io.throughline.journey.project.Decoded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// One Kafka record to what it means for a journey. Total: what cannot be read is said to be so, with the reason.
final class RecordDecoder {

    private RecordDecoder() {}

    static Decoded decode(ConsumerRecord<byte[], byte[]> record) {
        var position = new Position(record.topic(), record.partition(), record.offset());
        var recordedAt = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
        var reader = new EnvelopeReader();
        for (var header : record.headers()) {
            reader.header(header.key(), header.value());
        }
        return switch (reader.reading()) {
            case EnvelopeReader.Reading.Unreadable unreadable -> unreadable(record, position, recordedAt, unreadable.reason());
            case EnvelopeReader.Reading.Readable readable -> {
                try {
                    yield new Decoded.Event(position, recordedAt, readable.envelope(), json(record.value()));
                } catch (NotJson notJson) {
                    yield unreadable(record, position, recordedAt, notJson.getMessage());
                }
            }
        };
    }

    private static Decoded unreadable(ConsumerRecord<byte[], byte[]> record, Position position, Instant recordedAt, String reason) {
        return new Decoded.Unreadable(position, recordedAt, reason, record.key(), Decoded.Unreadable.framed(headers(record)), record.value());
    }

    /// Strictly UTF-8, well-formed, within our limits; checked here once, so that nobody downstream has to expect anything else.
    private static @Nullable String json(byte @Nullable [] value) throws NotJson {
        if (value == null || value.length == 0) {
            return null;
        }
        var text = Text.ofUtf8(value);
        if (text == null) {
            throw new NotJson("the value is not UTF-8");
        }
        try (JsonParser parser = EventJson.mapper().createParser(text)) {
            if (parser.nextToken() == null) {
                throw new NotJson("the value is not JSON: it is empty");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new NotJson("the value is not JSON: text follows the first value");
            }
            return text;
        } catch (JsonProcessingException malformed) {
            throw new NotJson("the value is not JSON within our limits: " + printable(malformed.getOriginalMessage()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// Parser messages quote the offending character, which may be any.
    private static String printable(String message) {
        return message.replaceAll("\\p{Cntrl}", "?");
    }

    private static List<Header> headers(ConsumerRecord<byte[], byte[]> record) {
        return Arrays.stream(record.headers().toArray()).map(header -> new Header(header.key(), header.value())).toList();
    }

    private static final class NotJson extends Exception {
        NotJson(String reason) {
            super(reason, null, false, false);
        }
    }
}
