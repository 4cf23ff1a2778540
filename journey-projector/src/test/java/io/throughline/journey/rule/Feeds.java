package io.throughline.journey.rule;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Registered sources of a test, with all that they ever sent: `feeds().source("/crm", "PT1H", "PT2H", "kept").heard("/crm", "2026-05-04T10:00:00Z")`.
///
/// @param declared as registered, heard of nothing yet
record Feeds(List<SourceState> declared, List<Heard> records) {

    /// An event or a heartbeat.
    record Heard(String source, Instant occurredAt, Instant recordedAt) {}

    static Feeds feeds() {
        return new Feeds(List.of(), List.of());
    }

    Feeds source(String name, @Nullable String heartbeat, String delay, String... types) {
        var more = new ArrayList<>(declared);
        more.add(new SourceState(name, List.of(types), heartbeat == null ? null : Duration.parse(heartbeat), Duration.parse(delay), null));
        return new Feeds(more, records);
    }

    Feeds heard(String source, String time) {
        return heard(source, time, time);
    }

    Feeds heard(String source, String occurredAt, String recordedAt) {
        var more = new ArrayList<>(records);
        more.add(new Heard(source, OffsetDateTime.parse(occurredAt).toInstant(), OffsetDateTime.parse(recordedAt).toInstant()));
        return new Feeds(declared, more);
    }

    Watermarks at(String time) {
        return at(OffsetDateTime.parse(time).toInstant());
    }

    Watermarks at(Instant time) {
        return new Watermarks(time, declared.stream()
                .map(source -> new SourceState(source.name(), source.types(), source.heartbeat(), source.delay(), lastHeard(source.name(), time)))
                .toList());
    }

    private @Nullable Instant lastHeard(String source, Instant time) {
        return records.stream()
                .filter(record -> record.source().equals(source) && !record.recordedAt().isAfter(time))
                .map(record -> record.occurredAt().isBefore(record.recordedAt()) ? record.occurredAt() : record.recordedAt())
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
