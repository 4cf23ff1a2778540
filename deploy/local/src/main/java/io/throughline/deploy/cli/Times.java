package io.throughline.deploy.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/// Moments and spans as people read them.
final class Times {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Times() {}

    /// An RFC 3339 time in `zone`; text that is none as it is.
    static String local(String time, ZoneId zone) {
        try {
            return LOCAL.format(OffsetDateTime.parse(time).atZoneSameInstant(zone));
        } catch (DateTimeParseException _) {
            return time;
        }
    }

    /// How long since, in its two largest units.
    static String since(Instant start, Instant now) {
        var span = Duration.between(start, now);
        if (span.toDays() > 0) {
            return span.toDays() + " d " + span.toHoursPart() + " h";
        }
        if (span.toHours() > 0) {
            return span.toHours() + " h " + span.toMinutesPart() + " min";
        }
        return span.toMinutes() > 0 ? span.toMinutes() + " min " + span.toSecondsPart() + " s" : span.toSeconds() + " s";
    }
}
