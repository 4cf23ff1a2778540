package io.throughline.journey.rule.naive;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A registered source and all that it ever sent. No watermark is computed: it is heard through a moment if one of its records, or the clock, says so.
///
/// @param heartbeat `null` where it declares none, so that time alone proves that nothing came
record PlainSource(String name, List<String> types, @Nullable Duration heartbeat, Duration delay, List<Heard> records) {

    /// An event, or a heartbeat.
    record Heard(Instant occurredAt, Instant recordedAt) {}

    boolean isHeardThrough(Instant moment, Instant time) {
        if (heartbeat == null) {
            return reaches(time, moment);
        }
        return records.stream().anyMatch(record ->
                !record.recordedAt().isAfter(time) && reaches(record.occurredAt(), moment) && reaches(record.recordedAt(), moment));
    }

    private boolean reaches(Instant heard, Instant moment) {
        return !heard.isBefore(moment.plus(delay));
    }

    /// Silent for longer than it promised.
    boolean isSilent(Instant since, Instant time) {
        return heartbeat != null && time.isAfter(since.plus(delay).plus(heartbeat));
    }
}
