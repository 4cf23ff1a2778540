package io.throughline.deploy.cli;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Text from outside, made harmless for a terminal.
final class Printable {
    /// Control and format characters (escape sequences, direction overrides), private use, lone surrogates, line separators.
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private Printable() {}

    /// On one line.
    static String of(String text) {
        return text == null ? "" : HARMFUL.matcher(text).replaceAll("\uFFFD");
    }

    /// Line by line.
    static String ofLines(String text) {
        return text.lines().map(Printable::of).collect(Collectors.joining(System.lineSeparator()));
    }
}
