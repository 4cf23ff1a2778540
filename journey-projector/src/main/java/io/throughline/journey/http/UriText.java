package io.throughline.journey.http;

import io.throughline.events.Text;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The text of a URI as it was sent: what its percent-escapes stand for must be text that a database can hold.
final class UriText {

    private static final String FAULT = " holds a malformed escape, bytes that are not UTF-8, or a control character.";

    private UriText() {}

    /// What is wrong with it, in words for the caller that name the parameter; `null` if nothing is.
    ///
    /// @param query `null` where there is none
    static @Nullable String fault(@Nullable String path, @Nullable String query) {
        if (path != null && !isText(path)) {
            return "The path" + FAULT;
        }
        // The framework would look for matrix parameters, and decode what is decoded already.
        if (path != null && path.contains(";")) {
            return "The path holds a semicolon: parameters follow a question mark here.";
        }
        if (query == null) {
            return null;
        }
        return Arrays.stream(query.split("&")).filter(parameter -> !isText(parameter)).findFirst()
                .map(parameter -> "The parameter " + Parameters.plain(parameter.replaceFirst("=.*", "")) + FAULT).orElse(null);
    }

    private static boolean isText(String escaped) {
        var bytes = new byte[escaped.length()];
        int length = 0;
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '%') {
                if (!isHexDigit(escaped, i + 1) || !isHexDigit(escaped, i + 2)) {
                    return false;
                }
                bytes[length++] = (byte) HexFormat.fromHexDigits(escaped, i + 1, i + 3);
                i += 2;
            } else if (c > 0x20 && c < 0x7f) {
                bytes[length++] = (byte) c;
            } else {
                return false;
            }
        }
        var text = Text.ofUtf8(bytes, 0, length);
        return text != null && Text.isPlain(text);
    }

    private static boolean isHexDigit(String text, int place) {
        return place < text.length() && HexFormat.isHexDigit(text.charAt(place));
    }
}
