package io.throughline.events.catalogue;

import io.throughline.events.Money;

/// From the advertisement to the contract, and out of it.
public sealed interface SalesEvent extends TouchpointEvent {

    @WireName("ad-clicked.v1")
    @Meaning("The customer clicked on an advertisement.")
    record AdClicked(
            @Meaning(value = "of which campaign", example = "spring-offers") String campaign) implements SalesEvent {}

    @WireName("landing-page-viewed.v1")
    @Meaning("The customer came to the page of a campaign.")
    record LandingPageViewed(
            @Meaning(value = "of which campaign", example = "spring-offers") String campaign,
            String url) implements SalesEvent {}

    @WireName("lead-created.v1")
    @Meaning("Somebody may want to buy, and waits to hear from the company.")
    record LeadCreated(
            String leadId,
            @Meaning(value = "where the lead came from", example = "web-form") String source) implements SalesEvent {}

    @WireName("rep-contacted.v1")
    @Meaning("Sales got in touch.")
    record RepContacted(
            String leadId,
            @Meaning(value = "how", oneOf = {"phone", "in-person", "email"}) String by) implements SalesEvent {}

    @WireName("store-visited.v1")
    @Meaning("The customer was in a store.")
    record StoreVisited(
            @Meaning(value = "which", example = "leeds-briggate") String store) implements SalesEvent {}

    @WireName("quote-given.v1")
    @Meaning("The company named a price.")
    record QuoteGiven(
            String leadId,
            @Meaning(value = "for what", example = "fibre-100") String product,
            Money amount,
            @Meaning(value = "where it was named", example = "web") String channel) implements SalesEvent {}

    @WireName("contract-signed.v1")
    @Meaning("A contract was signed.")
    record ContractSigned(
            String leadId,
            @Meaning("its value") Money amount) implements SalesEvent {}

    @WireName("contract-cancelled.v1")
    @Meaning("A contract was cancelled.")
    record ContractCancelled(
            @Meaning(value = "why", example = "moved abroad") String reason) implements SalesEvent {}
}
