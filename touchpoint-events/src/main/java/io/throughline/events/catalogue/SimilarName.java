package io.throughline.events.catalogue;

import io.throughline.events.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which of some names was probably meant by another: the same letters in another writing, or few letters wrong.
public final class SimilarName {

    /// Longer ones are not compared: what is similar is short.
    private static final int MAX_LENGTH = 64;
    /// One wrong letter in so many.
    private static final int LETTERS_A_SLIP = 5;
    private static final int MAX_SLIPS = 2;
    private static final Pattern VERSION = Pattern.compile("[._-]?v\\d+$");
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{N}]");

    private SimilarName() {}

    /// @return the one with the fewest slips, of several the first in the alphabet
    public static Optional<String> to(String name, Collection<String> names) {
        if (name.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        var bare = bare(name);
        int permitted = Math.min(MAX_SLIPS, bare.length() / LETTERS_A_SLIP);
        record Near(String name, int slips) {}
        return names.stream().map(other -> new Near(other, slips(bare, bare(other), permitted)))
                .filter(near -> near.slips() <= permitted)
                .min(Comparator.comparingInt(Near::slips).thenComparing(Near::name))
                .map(Near::name);
    }

    /// Letters and digits alone, without a version at the end.
    private static String bare(String name) {
        return NO_LETTER.matcher(VERSION.matcher(name.toLowerCase(Locale.ROOT)).replaceFirst("")).replaceAll("");
    }

    /// More than `most` where that does not suffice.
    private static int slips(String one, String other, int most) {
        return Math.abs(one.length() - other.length()) > most ? most + 1 : EditDistance.between(one, other);
    }
}
