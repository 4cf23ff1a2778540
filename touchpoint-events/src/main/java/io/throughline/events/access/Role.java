package io.throughline.events.access;

import java.util.Locale;

/// What a person, or one of our own services, may do. Wire names are the lower-case names.
public enum Role {
    VIEWER, ANALYST, AGENT, LEAD, OPERATOR, PRIVACY, ADMIN,
    /// One of our own services; never routed from outside.
    SERVICE;

    /// @throws IllegalArgumentException for an unknown name
    static Role of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
