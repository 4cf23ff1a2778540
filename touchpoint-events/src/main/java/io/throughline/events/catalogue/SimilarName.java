package io.throughline.events.catalogue;

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

    /// Letters to insert, drop, replace, or swap with their neighbour to come from one to the other (optimal string alignment); more than `most` where that
    /// does not suffice.
    private static int slips(String one, String other, int most) {
        if (Math.abs(one.length() - other.length()) > most) {
            return most + 1;
        }
        var slips = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    slips[i][j] = i + j;
                    continue;
                }
                int replaced = slips[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                slips[i][j] = Math.min(replaced, 1 + Math.min(slips[i - 1][j], slips[i][j - 1]));
                if (i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1)) {
                    slips[i][j] = Math.min(slips[i][j], 1 + slips[i - 2][j - 2]);
                }
            }
        }
        return slips[one.length()][other.length()];
    }
}
