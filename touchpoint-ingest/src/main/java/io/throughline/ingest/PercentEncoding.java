package io.throughline.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;

/// Percent-encoded UTF-8 (RFC 3986, section 2.1), decoded once and strictly. Unlike a form's, a `+` is a plus.
public final class PercentEncoding {

    private PercentEncoding() {}

    /// @throws IllegalArgumentException for anything but printable ASCII, for a cut or wrong escape, and for bytes that are not UTF-8
    public static String decode(String encoded) {
        var bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                if (i + 2 >= encoded.length()) {
                    throw new IllegalArgumentException("cut percent-encoding");
                }
                bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
                i += 2;
            } else if (c >= ' ' && c <= '~') {
                bytes.write(c);
            } else {
                throw new IllegalArgumentException("not printable ASCII");
            }
        }
        return text(ByteBuffer.wrap(bytes.toByteArray()));
    }

    private static String text(ByteBuffer bytes) {
        try {
            return UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException _) {
            throw new IllegalArgumentException("not UTF-8");
        }
    }
}
