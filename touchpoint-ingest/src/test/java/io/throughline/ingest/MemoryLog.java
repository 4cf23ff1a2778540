package io.throughline.ingest;

import io.throughline.events.log.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A log in memory that acknowledges at once, but for the next few records if told so.
public final class MemoryLog implements TouchpointLog {

    private final List<LogRecord> records = new ArrayList<>();
    private int failures;

    /// The next `count` appends fail, and their records are not kept.
    public MemoryLog failing(int count) {
        failures = count;
        return this;
    }

    public List<LogRecord> records() {
        return records;
    }

    @Override
    public Optional<String> outage() {
        return Optional.empty();
    }

    @Override
    public CompletableFuture<Position> append(LogRecord record) {
        if (failures > 0) {
            failures--;
            return CompletableFuture.failedFuture(new IllegalStateException("no acknowledgement"));
        }
        records.add(record);
        return CompletableFuture.completedFuture(new Position("touchpoints", 0, records.size() - 1));
    }
}
