package io.throughline.deploy.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/// A point in time as a person writes it: with an offset, which the server reads to the letter, or as a local date (its first moment) or time.
sealed interface Moment {
    Pattern WITH_OFFSET = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[Tt].*([Zz]|[+-]\\d\\d:\\d\\d)");

    record Written(String text) implements Moment {}

    record Local(LocalDateTime time) implements Moment {}

    /// Empty where the text is none.
    static Optional<Moment> of(String text) {
        if (WITH_OFFSET.matcher(text).matches()) {
            return Optional.of(new Written(text));
        }
        try {
            var local = text.strip().replace(' ', 'T');
            return Optional.of(new Local(local.contains("T") ? LocalDateTime.parse(local) : LocalDate.parse(local).atStartOfDay()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// As the API takes it; a local one in `zone`, which is then said.
    static String in(ZoneId zone, Moment moment, Terminal terminal) {
        return switch (moment) {
            case null -> null;
            case Written(var text) -> text;
            case Local(var time) -> {
                var written = time.atZone(zone).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
                terminal.complain("Taken as " + written + " (" + zone + ").");
                yield written;
            }
        };
    }
}
