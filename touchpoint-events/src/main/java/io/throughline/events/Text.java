package io.throughline.events;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What text may be on the log: anything a person can write, and nothing that a store or a terminal cannot hold.
public final class Text {

    private static final char REPLACEMENT = '\uFFFD';

    private Text() {}

    /// What UTF-8 says, strictly: `null` where a byte is malformed, which is a fault and not a question mark.
    public static @Nullable String ofUtf8(byte[] bytes) {
        return ofUtf8(bytes, 0, bytes.length);
    }

    /// As [#ofUtf8(byte[])], of `length` bytes from `start` on.
    public static @Nullable String ofUtf8(byte[] bytes, int start, int length) {
        var text = new String(bytes, start, length, StandardCharsets.UTF_8);
        // That puts a replacement for what is malformed, and is several times as fast as a decoder that does not. Whoever sends one is asked again.
        return text.indexOf(REPLACEMENT) < 0 || isWellFormed(bytes, start, length) ? text : null;
    }

    private static boolean isWellFormed(byte[] bytes, int start, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    /// No control character (C0, DEL, C1), no unpaired surrogate and no noncharacter of Unicode: what CloudEvents 1.0 takes for an attribute
    /// (section 2.1, String).
    public static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x7f) {
                return isPlainFrom(text, i);
            }
        }
        return true;
    }

    private static boolean isPlainFrom(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || (c >= 0x7f && c <= 0x9f) || (c >= 0xd800 && isNoncharacter(text.codePointAt(i)))) {
                return false;
            }
        }
        return isStorable(text);
    }

    /// U+FDD0 to U+FDEF, and the last two of every plane.
    private static boolean isNoncharacter(int codePoint) {
        return (codePoint >= 0xfdd0 && codePoint <= 0xfdef) || (codePoint & 0xfffe) == 0xfffe;
    }

    /// No NUL, which PostgreSQL cannot store in text, and no unpaired surrogate, which is not Unicode text: fit for `data`.
    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                if (++i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Order by UTF-8 bytes, which is the order by code points, without encoding anything.
    public static int compareBytes(String left, String right) {
        int end = Math.min(left.length(), right.length());
        for (int i = 0; i < end; i++) {
            char l = left.charAt(i);
            char r = right.charAt(i);
            if (l != r) {
                return Character.compare(aboveSurrogates(l), aboveSurrogates(r));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /// Lifts surrogates (code points from U+10000) above the rest of the plane they stand in as UTF-16 units.
    private static char aboveSurrogates(char unit) {
        if (unit < 0xd800) {
            return unit;
        }
        return (char) (unit >= 0xe000 ? unit - 0x800 : unit + 0x2000);
    }
}
