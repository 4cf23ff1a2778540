package io.throughline.events.catalogue;

import org.jspecify.annotations.Nullable;

/// Which identities are one person. A link is a fact, and so is its withdrawal.
public sealed interface IdentityEvent extends TouchpointEvent {

    /// `from` and `to` are tokens on the log.
    @WireName("identity-linked.v1")
    record IdentityLinked(String from, String to, String evidence, @Nullable Boolean manual) implements IdentityEvent {}

    @WireName("identity-unlinked.v1")
    record IdentityUnlinked(String from, String to, String reason) implements IdentityEvent {}

    @WireName("person-forgotten.v1")
    record PersonForgotten() implements IdentityEvent {}
}
