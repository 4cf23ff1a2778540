package io.throughline.journey.rule;

import io.throughline.journey.rule.Feeds.Heard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Silence once more, as plainly as possible: no watermark is ever computed. A source is heard through a moment if any of its records, or the
/// clock, says so.
record NaiveWatermarks(Feeds feeds, Instant at) {

    static final NaiveWatermarks NONE = new NaiveWatermarks(Feeds.feeds(), Instant.MAX);

    /// @param verdict on an absence
    record Silence(Verdict verdict, List<String> notes) {}

    /// What may be said at this time of an event of `type` that had to come, from `named` if that is given, and has not.
    Silence silence(@Nullable String named, String type, Instant deadline) {
        var awaited = new ArrayList<String>();
        var silent = new ArrayList<String>();
        for (var source : feeds.declared().stream().sorted((one, other) -> one.name().compareTo(other.name())).toList()) {
            boolean needed = named != null ? source.name().equals(named)
                    : source.types().stream().anyMatch(registered -> type.matches(registered.replace("*", ".*")));
            if (needed && !isHeard(source, deadline)) {
                awaited.add("awaited: " + source.name());
                var patience = source.delay().plus(source.heartbeat() == null ? Duration.ofDays(9999) : source.heartbeat());
                if (Duration.between(deadline, at).compareTo(patience) > 0) {
                    silent.add("silent: " + source.name());
                }
            }
        }
        return awaited.isEmpty() ? new Silence(Verdict.VIOLATED, List.of())
                : silent.isEmpty() ? new Silence(Verdict.PENDING, awaited)
                : new Silence(Verdict.UNDETERMINED, silent);
    }

    private boolean isHeard(SourceState source, Instant deadline) {
        return source.heartbeat() == null ? suffices(at, source, deadline)
                : feeds.records().stream().anyMatch(record -> record.source().equals(source.name()) && suffices(record, source, deadline));
    }

    private boolean suffices(Heard record, SourceState source, Instant deadline) {
        return !record.recordedAt().isAfter(at) && suffices(record.occurredAt(), source, deadline) && suffices(record.recordedAt(), source, deadline);
    }

    private static boolean suffices(Instant heard, SourceState source, Instant deadline) {
        return Duration.between(deadline, heard).compareTo(source.delay()) >= 0;
    }
}
