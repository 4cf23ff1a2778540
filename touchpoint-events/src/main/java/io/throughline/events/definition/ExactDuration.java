package io.throughline.events.definition;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// ISO 8601 durations of hours, minutes and seconds. Days and more are not exact: how long one lasts, a calendar and a zone decide.
final class ExactDuration {

    /// Digits are bounded so that no sum of them can overflow.
    private static final Pattern TIME_ONLY = Pattern.compile("PT(?=\\d)(\\d{1,9}H)?(\\d{1,9}M)?(\\d{1,9}(\\.\\d{1,6})?S)?");

    private ExactDuration() {}

    static Optional<Duration> parse(String text) {
        return TIME_ONLY.matcher(text).matches() ? Optional.of(Duration.parse(text)) : Optional.empty();
    }
}
