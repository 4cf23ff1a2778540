package io.throughline.events.catalogue;

import io.throughline.events.Money;

/// From the advertisement to the contract, and out of it.
public sealed interface SalesEvent extends TouchpointEvent {

    @WireName("ad-clicked.v1")
    record AdClicked(String campaign) implements SalesEvent {}

    @WireName("landing-page-viewed.v1")
    record LandingPageViewed(String campaign, String url) implements SalesEvent {}

    @WireName("lead-created.v1")
    record LeadCreated(String leadId, String source) implements SalesEvent {}

    /// @param by `phone`, `in-person` or `email`
    @WireName("rep-contacted.v1")
    record RepContacted(String leadId, String by) implements SalesEvent {}

    @WireName("store-visited.v1")
    record StoreVisited(String store) implements SalesEvent {}

    @WireName("quote-given.v1")
    record QuoteGiven(String leadId, String product, Money amount, String channel) implements SalesEvent {}

    @WireName("contract-signed.v1")
    record ContractSigned(String leadId, Money amount) implements SalesEvent {}

    @WireName("contract-cancelled.v1")
    record ContractCancelled(String reason) implements SalesEvent {}
}
