package io.throughline.events.catalogue;

/// What customers see and change about themselves, and whether the company's systems learn of it.
public sealed interface ProfileEvent extends TouchpointEvent {

    @WireName("profile-viewed.v1")
    record ProfileViewed() implements ProfileEvent {}

    /// @param kind `postal` or `billing`
    /// @param version counts up with each change of this address
    @WireName("address-changed.v1")
    record AddressChanged(String addressId, String kind, PostalAddress address, long version) implements ProfileEvent {}

    /// A system confirms that it knows this version of the address.
    @WireName("address-propagated.v1")
    record AddressPropagated(String addressId, long version, String system) implements ProfileEvent {}

    @WireName("consent-changed.v1")
    record ConsentChanged(String purpose, boolean granted) implements ProfileEvent {}

    @WireName("password-reset-requested.v1")
    record PasswordResetRequested() implements ProfileEvent {}

    @WireName("password-reset-completed.v1")
    record PasswordResetCompleted() implements ProfileEvent {}

    @WireName("password-reset-failed.v1")
    record PasswordResetFailed(String reason) implements ProfileEvent {}

    @WireName("login-failed.v1")
    record LoginFailed(String reason) implements ProfileEvent {}
}
