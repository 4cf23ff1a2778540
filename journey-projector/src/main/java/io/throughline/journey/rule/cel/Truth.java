package io.throughline.journey.rule.cel;

/// What a condition says: true, false, or that it cannot be evaluated.
public sealed interface Truth {

    Truth TRUE = Known.TRUE;
    Truth FALSE = Known.FALSE;

    enum Known implements Truth { TRUE, FALSE }

    /// @param reason for people, as in `other.data.version is missing`; names fields, never their values
    record Unknown(String reason) implements Truth {}

    static Truth of(boolean known) {
        return known ? TRUE : FALSE;
    }
}
