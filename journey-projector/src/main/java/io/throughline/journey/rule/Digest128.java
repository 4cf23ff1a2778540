package io.throughline.journey.rule;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// The first 128 bits of SHA-256, in a [UUID] as a container: no version or variant bits are set.
public final class Digest128 {

    private final MessageDigest sha256 = sha256();
    private final ByteBuffer bits = ByteBuffer.allocate(16);

    public static UUID of(String text) {
        return first128(sha256().digest(text.getBytes(UTF_8)));
    }

    /// @param word ends with a zero here, so that what follows cannot be taken for a part of it
    Digest128 add(String word) {
        sha256.update(word.getBytes(UTF_8));
        sha256.update((byte) 0);
        return this;
    }

    Digest128 add(UUID value) {
        sha256.update(bits.clear().putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits()).array());
        return this;
    }

    /// Ends it.
    UUID value() {
        return first128(sha256.digest());
    }

    private static UUID first128(byte[] digest) {
        var bits = ByteBuffer.wrap(digest);
        return new UUID(bits.getLong(), bits.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
