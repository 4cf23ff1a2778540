package io.throughline.journey.http;

import io.throughline.events.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// The known word that an unknown one probably stands for.
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
                .map(candidate -> new Near(candidate, EditDistance.between(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT))))
                .filter(near -> near.distance() <= Math.max(1, near.word().length() / 3))
                .min(Comparator.comparingInt(Near::distance).thenComparing(Near::word))
                .map(near -> " (did you mean \"" + near.word() + "\"?)").orElse("");
    }
}
