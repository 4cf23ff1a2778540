package io.throughline.events.access;

import java.util.Locale;

/// What the key of a channel may do, for its own source only. Wire names are the lower-case names.
public enum Scope {
    POST, RECEIPTS, CONTEXT, DECIDE;

    /// @throws IllegalArgumentException for an unknown name
    static Scope of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
