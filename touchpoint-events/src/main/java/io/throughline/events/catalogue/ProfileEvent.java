package io.throughline.events.catalogue;

/// What customers see and change about themselves, and whether the company's systems learn of it.
public sealed interface ProfileEvent extends TouchpointEvent {

    @WireName("profile-viewed.v1")
    @Meaning("The customer looked at what is stored about them.")
    record ProfileViewed() implements ProfileEvent {}

    @WireName("address-changed.v1")
    @Meaning("The customer, or somebody for them, changed an address.")
    record AddressChanged(
            @Meaning(value = "which of the customer's addresses; the same in later versions", example = "home") String addressId,
            @Meaning(value = "for letters and parcels, or for invoices", oneOf = {"postal", "billing"}) String kind,
            PostalAddress address,
            @Meaning("counts up with each change of this address") long version) implements ProfileEvent {}

    @WireName("address-propagated.v1")
    @Meaning("A system confirms that it knows this version of the address.")
    record AddressPropagated(
            @Meaning(value = "which address", example = "home") String addressId,
            @Meaning("the version that it knows now") long version,
            @Meaning(value = "which system", example = "card-dispatch") String system) implements ProfileEvent {}

    @WireName("consent-changed.v1")
    @Meaning("The customer gave or withdrew a consent.")
    record ConsentChanged(
            @Meaning(value = "for what", example = "marketing") String purpose,
            @Meaning("true when given, false when withdrawn") boolean granted) implements ProfileEvent {}

    @WireName("password-reset-requested.v1")
    @Meaning("The customer asked for a new password.")
    record PasswordResetRequested() implements ProfileEvent {}

    @WireName("password-reset-completed.v1")
    @Meaning("The customer has a new password.")
    record PasswordResetCompleted() implements ProfileEvent {}

    @WireName("password-reset-failed.v1")
    @Meaning("The new password could not be set.")
    record PasswordResetFailed(
            @Meaning(value = "why", example = "link expired") String reason) implements ProfileEvent {}

    @WireName("login-failed.v1")
    @Meaning("A login was refused.")
    record LoginFailed(
            @Meaning(value = "why", example = "wrong password") String reason) implements ProfileEvent {}
}
