package io.throughline.ingest;

import java.time.Duration;

/// How much one request may ask of us. Sizes hold for what is left after inflation.
///
/// @param eventBytes most bytes of one event
/// @param batchBytes most bytes of one batch
/// @param batchEvents most events of one batch
/// @param ahead how far an event's time may lie ahead of ours: clocks differ, and forecasts are not events
public record Limits(int eventBytes, int batchBytes, int batchEvents, Duration ahead) {

    public Limits {
        if (eventBytes < 1 || eventBytes > batchBytes) {
            throw new IllegalArgumentException("an event's limit lies between 1 byte and the limit of a batch (" + batchBytes + ")");
        }
        if (batchEvents < 1) {
            throw new IllegalArgumentException("a batch may hold at least 1 event");
        }
        if (ahead.isNegative()) {
            throw new IllegalArgumentException("the time an event may lie ahead cannot be negative");
        }
    }
}
