package io.throughline.journey.rule.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Moments in sentences: `2 March 2026, 18:12`, with seconds where they are not zero.
public final class SpokenMoment {

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss", Locale.ENGLISH);

    private SpokenMoment() {}

    public static String of(Instant moment, ZoneId zone) {
        var local = moment.atZone(zone);
        return (local.getSecond() == 0 ? MINUTES : SECONDS).format(local);
    }
}
