package io.throughline.journey.project;

import io.throughline.events.Envelope;
import io.throughline.journey.Position;
import java.time.Instant;
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
    }

    /// @param reason for operations: what is missing or wrong, without contents
    /// @param headers as they lay on the log, framed for keeping
    record Unreadable(Position position, Instant recordedAt, String reason, byte @Nullable [] key, byte[] headers, byte @Nullable [] value) implements Decoded {
        @Override
        public Unreadable recordedAt(Instant monotone) {
            return new Unreadable(position, monotone, reason, key, headers, value);
        }
    }
}
