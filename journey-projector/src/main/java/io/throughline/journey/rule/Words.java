package io.throughline.journey.rule;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Keeps what is said of an activation short, whatever the texts are that events and rules bring along.
final class Words {

    /// Characters of one note, or of what is said of a condition that was not met.
    static final int MAX_LENGTH = 300;
    private static final int MAX_NOTES = 10;
    private static final Pattern FIELD = Pattern.compile("(this|other)\\.(data\\.)?(?=\\w)");

    private Words() {}

    static String clip(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end) + "…";
    }

    static List<String> clip(List<String> notes) {
        if (notes.isEmpty()) {
            return List.of();
        }
        var some = notes.stream().limit(MAX_NOTES).map(note -> clip(note, MAX_LENGTH));
        return (notes.size() > MAX_NOTES ? Stream.concat(some, Stream.of("and " + (notes.size() - MAX_NOTES) + " more")) : some).toList();
    }

    /// A reason that begins with a field, as `other.data.version is missing`, in words: `its version is missing`.
    ///
    /// @param candidateIsOther whether the event spoken of is `other`, and `this` the activation
    static String ofReason(String reason, boolean candidateIsOther) {
        var field = FIELD.matcher(reason);
        if (!field.lookingAt()) {
            return reason;
        }
        boolean own = field.group(1).equals("other") == candidateIsOther;
        return (own ? "its " : "the activation's ") + reason.substring(field.end());
    }

    /// How many bytes a text has in JSON.
    static int jsonBytes(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                bytes += 5;
            } else if (c == '"' || c == '\\') {
                bytes++;
            } else if (c >= 0x80) {
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }
}
