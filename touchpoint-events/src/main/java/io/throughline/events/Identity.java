package io.throughline.events;

import java.text.Normalizer;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// Whom or what an event is about, as a channel writes it: `namespace:value`, for example `customer:4711`.
///
/// The value is in Unicode NFC, whatever form it came in: the two ways in which machines write `ë` are one person. It neither starts nor ends
/// with white space or an invisible character, which nobody sees and which would make a stranger of a known person. What else a namespace
/// takes for the same, [IdentitySpelling] says.
///
/// Two namespaces are *control* subjects, not persons: `area` and `source`. They are never tokenised and have no journey.
public record Identity(String namespace, String value) {

    /// Longest value, in characters.
    public static final int MAX_VALUE_LENGTH = 256;

    /// Longest text on the wire: a namespace of 32 characters, a colon and a value.
    public static final int MAX_LENGTH = 32 + 1 + MAX_VALUE_LENGTH;

    private static final Pattern NAMESPACE = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Set<String> CONTROL = Set.of("area", "source");

    public Identity {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(value, "value");
        if (!isNamespace(namespace)) {
            throw new IllegalArgumentException(
                    "the namespace of an identity is a lower-case word of at most 32 letters, digits and hyphens, as in customer:4711");
        }
        if (!Text.isPlain(value)) {
            throw new IllegalArgumentException("the value of an identity has no control characters, unpaired surrogates or noncharacters");
        }
        value = Normalizer.normalize(value, Normalizer.Form.NFC);
        if (value.isEmpty() || value.length() > MAX_VALUE_LENGTH) {
            throw new IllegalArgumentException("the value of an identity has 1 to " + MAX_VALUE_LENGTH + " characters");
        }
        if (isInvisible(value.codePointAt(0)) || isInvisible(value.codePointBefore(value.length()))) {
            throw new IllegalArgumentException(
                    "the value of an identity has white space or an invisible character at its start or end: send it without");
        }
    }

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.FORMAT, Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    public static boolean isNamespace(String text) {
        return NAMESPACE.matcher(text).matches();
    }

    /// @throws IllegalArgumentException with what is wrong, in words for the caller; the value itself is not repeated
    public static Identity parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("an identity is written namespace:value, as in customer:4711");
        }
        return new Identity(text.substring(0, colon), text.substring(colon + 1));
    }

    public boolean isControl() {
        return CONTROL.contains(namespace);
    }

    /// The form on the wire. Personal: not for logs.
    public String text() {
        return namespace + ":" + value;
    }

    /// Without the value, which is personal.
    @Override
    public String toString() {
        return namespace + ":…";
    }
}
