package io.throughline.journey.rule;

import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;

/// Names what one rule says about one activation, through all versions of the rule and whatever happens to its verdict.
///
/// The first 128 bits of SHA-256(rule id ‖ 0 ‖ source ‖ 0 ‖ id of the activation) over UTF-8; 32 lower-case hex digits.
public record FindingId(UUID value) {

    private static final HexFormat HEX = HexFormat.of();

    public FindingId {
        Objects.requireNonNull(value, "value");
    }

    public static FindingId of(String rule, EventRef activation) {
        return new FindingId(Digest128.of(rule + '\0' + activation.source() + '\0' + activation.id()));
    }

    /// Of what a rule says of all events from `first` on, which it did not look at: the event may have an activation of its own beside.
    static FindingId ofUnseen(String rule, EventRef first) {
        return new FindingId(Digest128.of(rule + '\0' + first.source() + '\0' + first.id() + '\0'));
    }

    /// @throws IllegalArgumentException unless `text` is 32 hex digits
    public static FindingId parse(String text) {
        if (text.length() != 32) {
            throw new IllegalArgumentException("a finding's id has 32 hexadecimal digits, got " + text.length() + " characters");
        }
        return new FindingId(new UUID(HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32)));
    }

    @Override
    public String toString() {
        return HEX.toHexDigits(value.getMostSignificantBits()) + HEX.toHexDigits(value.getLeastSignificantBits());
    }
}
