package io.throughline.journey.digest;

import java.math.BigInteger;
import java.nio.ByteBuffer;
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

    /// Adds up many digests, without an object for each. Used by one thread.
    static final class Sum {
        private final ByteBuffer buffer = ByteBuffer.allocate(BYTES);
        /// Of 64 bits each, the lowest first.
        private final long[] limbs = new long[BYTES / Long.BYTES];

        /// @param bytes 32, as of SHA-256
        void add(byte[] bytes) {
            buffer.clear().put(bytes);
            long carry = 0;
            for (int i = 0; i < limbs.length; i++) {
                long addend = buffer.getLong(BYTES - (i + 1) * Long.BYTES);
                long sum = limbs[i] + addend;
                long withCarry = sum + carry;
                carry = Long.compareUnsigned(sum, addend) < 0 || Long.compareUnsigned(withCarry, sum) < 0 ? 1 : 0;
                limbs[i] = withCarry;
            }
        }

        Digest digest() {
            buffer.clear();
            for (int i = limbs.length - 1; i >= 0; i--) {
                buffer.putLong(limbs[i]);
            }
            return Digest.of(buffer.array());
        }
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
