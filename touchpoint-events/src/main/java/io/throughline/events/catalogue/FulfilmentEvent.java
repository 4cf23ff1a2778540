package io.throughline.events.catalogue;

import org.jspecify.annotations.Nullable;

/// What is posted and shipped to the customer.
public sealed interface FulfilmentEvent extends TouchpointEvent {

    @WireName("card-dispatched.v1")
    @Meaning("A card was handed to the post.")
    record CardDispatched(
            String cardId,
            @Meaning("where to") @Nullable PostalAddress address,
            @Meaning(value = "by whom", example = "post") @Nullable String carrier) implements FulfilmentEvent {}

    @WireName("card-delivered.v1")
    @Meaning("The card arrived.")
    record CardDelivered(
            @Meaning("of the dispatch") String cardId) implements FulfilmentEvent {}

    @WireName("card-returned.v1")
    @Meaning("The card came back.")
    record CardReturned(
            String cardId,
            @Meaning(value = "why", example = "moved") String reason) implements FulfilmentEvent {}

    @WireName("shipment-dispatched.v1")
    @Meaning("An order left the house.")
    record ShipmentDispatched(
            String orderId,
            @Meaning("where to") @Nullable PostalAddress address) implements FulfilmentEvent {}

    @WireName("shipment-delivered.v1")
    @Meaning("The order arrived.")
    record ShipmentDelivered(
            @Meaning("of the dispatch") String orderId) implements FulfilmentEvent {}

    @WireName("shipment-returned.v1")
    @Meaning("The order came back.")
    record ShipmentReturned(
            String orderId,
            @Meaning(value = "why", example = "refused") String reason) implements FulfilmentEvent {}

    @WireName("service-area-assigned.v1")
    @Meaning("The customer is supplied in an area.")
    record ServiceAreaAssigned(
            @Meaning(value = "which; outages are declared by it", example = "LS1") String area) implements FulfilmentEvent {}
}
