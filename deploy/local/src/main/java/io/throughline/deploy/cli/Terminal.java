package io.throughline.deploy.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where a command speaks: results to standard output, progress and complaints to standard error.
///
/// @param columns width of the terminal; 0 where output goes to a file or a pipe: then nothing is cut, drawn or coloured
public record Terminal(PrintStream out, PrintStream err, int columns) {
    /// Set by the launcher, which can ask the terminal without loading native code.
    private static final String COLUMNS = "throughline.columns";
    private static final String RED = "\u001b[31m";
    private static final String BOLD = "\u001b[1m";
    private static final String RESET = "\u001b[0m";

    public static Terminal ofProcess() {
        return new Terminal(new PrintStream(System.out, true, StandardCharsets.UTF_8), new PrintStream(System.err, true, StandardCharsets.UTF_8),
                Optional.ofNullable(Integer.getInteger(COLUMNS)).orElse(0));
    }

    public boolean interactive() {
        return columns > 0;
    }

    String bold(String text) {
        return interactive() && coloured() ? BOLD + text + RESET : text;
    }

    String red(String text) {
        return interactive() && coloured() ? RED + text + RESET : text;
    }

    /// Bold is a colour, too, to who wants none (no-color.org: set and not empty).
    private static boolean coloured() {
        var unwanted = System.getenv("NO_COLOR");
        return unwanted == null || unwanted.isEmpty();
    }

    public void say(String text) {
        out.println(text);
    }

    /// Says a sentence, on a terminal wrapped between words.
    void sentence(String text) {
        (interactive() ? Table.wrap(text, columns) : List.of(text)).forEach(this::say);
    }

    /// Asks the person at the terminal; where there is none, says how to agree beforehand.
    boolean agrees(String question) {
        var console = System.console();
        if (console == null || !interactive()) {
            complain("There is nobody to ask: add --yes.");
            return false;
        }
        var answer = console.readLine("%s [y/N] ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    void complain(String text) {
        err.println(text);
    }
}
