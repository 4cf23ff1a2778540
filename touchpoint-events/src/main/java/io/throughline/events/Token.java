package io.throughline.events;

import java.util.Objects;
import java.util.UUID;

/// The pseudonym of one identity: 128 bits that mean nothing outside the vault.
///
/// Written as 32 lower-case hex digits; ordered as that text. A person is named by the smallest token among its identities.
public record Token(UUID value) implements Comparable<Token> {

    public Token {
        Objects.requireNonNull(value, "value");
    }

    /// @throws IllegalArgumentException unless `text` is 32 hex digits
    public static Token parse(String text) {
        return new Token(Bits128.parse(text));
    }

    /// The first 128 bits of `digest`, which has at least 16 bytes.
    public static Token ofDigest(byte[] digest) {
        return new Token(Bits128.first128(digest));
    }

    @Override
    public int compareTo(Token other) {
        return Bits128.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Bits128.hex(value);
    }
}
