package io.throughline.events;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/// 128 bits as a [UUID] in memory and in PostgreSQL, and as 32 lower-case hex digits everywhere else.
///
/// The UUID is only the container: no version or variant bits are set.
final class Bits128 {

    private static final HexFormat HEX = HexFormat.of();

    private Bits128() {}

    static UUID parse(String hex) {
        if (hex.length() != 32) {
            throw new IllegalArgumentException("expected 32 hexadecimal digits, got " + hex.length() + " characters");
        }
        return new UUID(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
    }

    static String hex(UUID bits) {
        return HEX.toHexDigits(bits.getMostSignificantBits()) + HEX.toHexDigits(bits.getLeastSignificantBits());
    }

    static UUID first128(byte[] digest) {
        var buffer = ByteBuffer.wrap(digest);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    static int compare(UUID left, UUID right) {
        int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
