package io.throughline.journey.project;

import io.throughline.events.Envelope;
import io.throughline.events.json.EventJson;
import io.throughline.events.log.EnvelopeWriter;
import io.throughline.events.log.LogRecord.Header;
import io.throughline.journey.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One record of the log, after decoding. Whatever lies there becomes one of these; nothing is skipped.
public sealed interface Decoded {

    Position position();

    /// The log's time of the record.
    Instant recordedAt();

    /// The same record with a time that does not run backwards.
    Decoded recordedAt(Instant monotone);

    /// An event of a person or of a control subject.
    ///
    /// @param data JSON, or `null` where the event has none
    record Event(Position position, Instant recordedAt, Envelope envelope, @Nullable String data) implements Decoded {
        @Override
        public Event recordedAt(Instant monotone) {
            return new Event(position, monotone, envelope, data);
        }

        /// The same record kept aside, because the store cannot keep it as an event.
        Unreadable refused(String reason) {
            var record = EnvelopeWriter.write(envelope, data == null ? null : data.getBytes(StandardCharsets.UTF_8));
            return new Unreadable(position, recordedAt, reason, record.key(), Unreadable.framed(record.headers()), record.value());
        }
    }

    /// @param reason for operations: what is missing or wrong, without contents
    /// @param headers as they lay on the log, framed for keeping
    record Unreadable(Position position, Instant recordedAt, String reason, byte @Nullable [] key, byte[] headers, byte @Nullable [] value) implements Decoded {
        /// Headers for keeping: a JSON array of pairs of name and Base64 of the value.
        public static byte[] framed(List<Header> headers) {
            var frames = EventJson.mapper().createArrayNode();
            headers.forEach(header -> frames.addArray().add(header.name().replace("\0", "\\0")).add(header.value()));
            return frames.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Unreadable recordedAt(Instant monotone) {
            return new Unreadable(position, monotone, reason, key, headers, value);
        }
    }
}
