package io.throughline.events.catalogue;

import org.jspecify.annotations.Nullable;

/// Which identities are one person. A link is a fact, and so is its withdrawal. `from` and `to` are tokens on the log.
public sealed interface IdentityEvent extends TouchpointEvent {

    @WireName("identity-linked.v1")
    @Meaning("Two identities belong to one person.")
    record IdentityLinked(
            @Meaning(value = "one identity, as in customer:4711", example = "customer:4711") String from,
            @Meaning(value = "the other", example = "email:ada@example.org") String to,
            @Meaning(value = "why that is known", example = "login") String evidence,
            @Meaning("whether a person decided it") @Nullable Boolean manual) implements IdentityEvent {}

    @WireName("identity-unlinked.v1")
    @Meaning("Two identities do not belong to one person after all.")
    record IdentityUnlinked(
            @Meaning(value = "one identity", example = "customer:4711") String from,
            @Meaning(value = "the other", example = "email:ada@example.org") String to,
            @Meaning(value = "why", example = "shared mailbox") String reason) implements IdentityEvent {}

    @WireName("person-forgotten.v1")
    @Meaning("The person asked to be forgotten, and was.")
    record PersonForgotten() implements IdentityEvent {}
}
