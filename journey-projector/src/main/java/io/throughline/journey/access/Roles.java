package io.throughline.journey.access;

/// Who may do what, as `@RolesAllowed` wants it: the wire names of [io.throughline.events.access.Role], and a channel's scopes.
public final class Roles {

    public static final String VIEWER = "viewer";
    public static final String ANALYST = "analyst";
    public static final String AGENT = "agent";
    public static final String LEAD = "lead";
    public static final String OPERATOR = "operator";
    public static final String PRIVACY = "privacy";
    public static final String ADMIN = "admin";
    /// A channel's key that may ask for receipts of its own source.
    public static final String CHANNEL_RECEIPTS = "channel:receipts";

    private Roles() {}
}
