package io.throughline.journey.http;

import io.throughline.events.Text;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The text of a URI as it was sent: what its percent-escapes stand for must be text that a database can hold.
final class UriText {

    private UriText() {}

    /// What is wrong with it, in words for the caller that name the parameter; `null` if nothing is.
    ///
    /// @param query `null` where there is none
    static @Nullable String fault(@Nullable String path, @Nullable String query) {
        if (path != null && !isText(path)) {
            return "The path holds a malformed escape, bytes that are not UTF-8, or a control character.";
        }
        if (query == null) {
            return null;
        }
        return Arrays.stream(query.split("&")).filter(parameter -> !isText(parameter)).findFirst()
                .map(parameter -> "The parameter " + Parameters.plain(parameter.replaceFirst("=.*", "")) + " holds a malformed escape, bytes that are not UTF-8, or a control character.")
                .orElse(null);
    }

    private static boolean isText(String escaped) {
        var bytes = new byte[escaped.length()];
        int length = 0;
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '%') {
                if (i + 2 >= escaped.length() || !HexFormat.isHexDigit(escaped.charAt(i + 1)) || !HexFormat.isHexDigit(escaped.charAt(i + 2))) {
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
}
