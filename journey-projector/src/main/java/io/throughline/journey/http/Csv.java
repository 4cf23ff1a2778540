package io.throughline.journey.http;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lines of CSV as RFC 4180 has them, for programs and for spreadsheets.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe before it: what customers and channels wrote must not run on the machine of
/// whoever opens the file. Numbers are written as they are.
final class Csv {

    private static final String BEGINS_A_FORMULA = "=+-@\t\r\n";

    private Csv() {}

    /// One line with its end.
    ///
    /// @param cells texts, or numbers, truth values and times of ours, by what they are; `null` is an empty cell
    static String line(@Nullable Object... cells) {
        return Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> quoted(guarded(text));
            default -> quoted(value.toString());
        };
    }

    private static String guarded(String text) {
        return !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
