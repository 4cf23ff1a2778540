package io.throughline.journey.rule.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Lengths of time in words.
public final class SpokenSpan {

    private static final Pattern PERIOD = Pattern.compile("P(?:(\\d+)Y)?(?:(\\d+)M)?(?:(\\d+)W)?(?:(\\d+)D)?(?:T(?:(\\d+)H)?(?:(\\d+)M)?(?:(\\d+)S)?)?");
    private static final List<String> UNITS = List.of("year", "month", "week", "day", "hour", "minute", "second");
    private static final int MOST_UNITS = 2;

    private SpokenSpan() {}

    /// `PT277H18M` is 11 days 13 hours: the two largest units.
    public static String of(Duration duration) {
        var lengths = List.of(duration.toDays(), (long) duration.toHoursPart(), (long) duration.toMinutesPart(), (long) duration.toSecondsPart());
        var words = new ArrayList<String>();
        for (int i = 0; i < lengths.size(); i++) {
            words.add(words(lengths.get(i), UNITS.get(i + 3)));
        }
        var first = words.stream().dropWhile(String::isEmpty).limit(MOST_UNITS).filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
        return first.isEmpty() ? "less than a second" : first;
    }

    /// A span as rules write it, in the units that it is written in, for 24 hours are not always a day; what is written otherwise stays.
    public static String of(String span) {
        var parts = PERIOD.matcher(span);
        if (!parts.matches()) {
            return span;
        }
        var words = new ArrayList<String>();
        for (int i = 0; i < UNITS.size(); i++) {
            words.add(parts.group(i + 1) == null ? "" : words(Long.parseLong(parts.group(i + 1)), UNITS.get(i)));
        }
        words.removeIf(String::isEmpty);
        return words.isEmpty() ? "no time" : String.join(" ", words);
    }

    private static String words(long number, String unit) {
        return number == 0 ? "" : number + " " + unit + (number == 1 ? "" : "s");
    }
}
