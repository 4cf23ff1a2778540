package io.throughline.journey.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// What somebody may have meant by a word that is unknown.
final class Suggestion {

    /// Longer words are not compared: that takes time in proportion to the product of their lengths.
    private static final int MAX_LENGTH = 100;

    private Suggestion() {}

    /// ` (did you mean "…"?)`, or nothing where none of the known words is near: one letter in three may differ.
    static String of(String word, Collection<String> known) {
        if (word.length() > MAX_LENGTH) {
            return "";
        }
        record Near(String word, int distance) {}
        return known.stream()
                .filter(candidate -> candidate.length() <= MAX_LENGTH)
                .map(candidate -> new Near(candidate, distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT))))
                .filter(near -> near.distance() <= Math.max(1, near.word().length() / 3))
                .min(Comparator.comparingInt(Near::distance).thenComparing(Near::word))
                .map(near -> " (did you mean \"" + near.word() + "\"?)").orElse("");
    }

    /// Levenshtein's: how many letters are put in, left out or replaced.
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
