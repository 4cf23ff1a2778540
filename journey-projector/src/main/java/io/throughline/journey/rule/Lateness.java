package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.time.SpokenMoment;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// Whose fault it is that a wrong value was used: that of the process, which knew the right one, or of data that came late.
final class Lateness {

    static final String PROCESS_FAILED = "The company knew the right value by then: the process failed, not the data.";

    /// Alone where the company knew by the record: when that was made is no part of a finding, which is the same wherever the same events are recorded.
    private static final String LATE_DATA = "late-data";
    /// With the time at which the company knew, as the event says.
    private static final String LATE_DATA_KNOWN = LATE_DATA + ": ";
    private static final String KNOWN_TIME_UNKNOWN = "known-time-unknown";

    private Lateness() {}

    /// Empty where the company knew by the time of the use what it should have used.
    ///
    /// @param setting what should have been used
    static Optional<String> note(Touchpoint setting, Instant use) {
        if (!setting.recordedAt().isAfter(use)) {
            return Optional.empty();
        }
        var known = setting.knownAt();
        return known.isEmpty() ? Optional.of(KNOWN_TIME_UNKNOWN)
                : known.filter(time -> time.isAfter(use)).map(time -> time.equals(setting.recordedAt()) ? LATE_DATA : LATE_DATA_KNOWN + time);
    }

    static boolean isNote(String note) {
        return note.equals(KNOWN_TIME_UNKNOWN) || note.equals(LATE_DATA) || note.startsWith(LATE_DATA_KNOWN);
    }

    /// The note among `notes` in a sentence.
    static Optional<String> sentence(List<String> notes, Instant use, ZoneId zone) {
        return notes.stream().filter(Lateness::isNote).findFirst().map(note -> switch (note) {
            case KNOWN_TIME_UNKNOWN ->
                "It is not known when the company learned of the right value, which was recorded later: either the process failed or the data came late.";
            case LATE_DATA -> "The data came late, not the process: the right value was recorded only after the other was used, on " + SpokenMoment.of(use, zone) + ".";
            default -> "The data came late, not the process: the company learned of the right value on "
                    + SpokenMoment.of(Instant.parse(note.substring(LATE_DATA_KNOWN.length())), zone) + ", and used the other on " + SpokenMoment.of(use, zone) + ".";
        });
    }
}
