package io.throughline.events;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When the company knew what an event says: the CloudEvents extension `knowntime`, a time or `unknown`.
///
/// It decides no verdict. Where a fact was used wrongly it says whose fault that was: the process's, or that of data that came late.
///
/// It is not CloudEvents' own `recordedtime`, the time at which an event was made: an export of history makes all of its events at once.
public sealed interface KnownTime {

    String ATTRIBUTE = "knowntime";

    /// Of an event that says nothing of it: the company knew once it was recorded.
    KnownTime WHEN_RECORDED = Unstated.WHEN_RECORDED;
    /// Recorded later than the company knew, and how much later is unknown: imported history.
    KnownTime UNKNOWN = Unstated.UNKNOWN;

    /// As the source says.
    record Stated(OffsetDateTime time) implements KnownTime {}

    enum Unstated implements KnownTime { WHEN_RECORDED, UNKNOWN }

    /// @param text as on the wire, not `null`
    /// @param occurred when the event did; `null` where that is not known either
    /// @throws DateTimeException for what is neither `unknown` nor a time at which it can have been known, its message what is wrong in words
    ///     that follow "it", without the text itself
    static KnownTime parse(String text, @Nullable OffsetDateTime occurred) {
        if (text.equals("unknown")) {
            return UNKNOWN;
        }
        var time = Rfc3339.parse(text);
        if (!AttributeLimits.isTime(time)) {
            throw new DateTimeException("lies outside the years " + AttributeLimits.MIN_YEAR + " to " + AttributeLimits.MAX_YEAR);
        }
        if (occurred != null && time.toInstant().isBefore(occurred.toInstant())) {
            throw new DateTimeException("lies before the event's own time, and what has not happened is not known");
        }
        return new Stated(time);
    }

    /// As on the wire; `null` where the attribute is absent.
    default @Nullable String text() {
        return switch (this) {
            case Stated(var time) -> Rfc3339.format(time);
            case Unstated.UNKNOWN -> "unknown";
            case Unstated.WHEN_RECORDED -> null;
        };
    }

    /// The instant, if anybody says: never after the event was recorded, for by then the company knew.
    default Optional<Instant> of(Instant recordedAt) {
        return switch (this) {
            case Stated(var time) -> Optional.of(time.toInstant().isBefore(recordedAt) ? time.toInstant() : recordedAt);
            case Unstated.UNKNOWN -> Optional.empty();
            case Unstated.WHEN_RECORDED -> Optional.of(recordedAt);
        };
    }
}
