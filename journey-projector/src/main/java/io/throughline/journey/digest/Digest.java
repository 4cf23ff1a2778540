package io.throughline.journey.digest;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/// 256 bits that stand for many things: the sum, modulo 2²⁵⁶, of the SHA-256 of each. Free of order, and additive over any division.
public final class Digest {

    public static final int BYTES = 32;
    public static final Digest ZERO = new Digest(BigInteger.ZERO);
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(8 * BYTES);

    private final BigInteger sum;

    private Digest(BigInteger sum) {
        this.sum = sum;
    }

    /// @param bytes 32, as of SHA-256
    public static Digest of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a digest has " + BYTES + " bytes, got " + bytes.length);
        }
        return new Digest(new BigInteger(1, bytes));
    }

    public Digest plus(Digest other) {
        return new Digest(sum.add(other.sum).mod(MODULUS));
    }

    /// 32 bytes.
    public byte[] bytes() {
        var magnitude = sum.toByteArray();
        var bytes = new byte[BYTES];
        int length = Math.min(BYTES, magnitude.length);
        System.arraycopy(magnitude, magnitude.length - length, bytes, BYTES - length, length);
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && sum.equals(digest.sum);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    /// 64 hex digits.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
