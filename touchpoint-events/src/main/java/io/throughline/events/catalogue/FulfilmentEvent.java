package io.throughline.events.catalogue;

import org.jspecify.annotations.Nullable;

/// What is posted and shipped to the customer.
public sealed interface FulfilmentEvent extends TouchpointEvent {

    @WireName("card-dispatched.v1")
    record CardDispatched(String cardId, @Nullable PostalAddress address, @Nullable String carrier) implements FulfilmentEvent {}

    @WireName("card-delivered.v1")
    record CardDelivered(String cardId) implements FulfilmentEvent {}

    @WireName("card-returned.v1")
    record CardReturned(String cardId, String reason) implements FulfilmentEvent {}

    @WireName("shipment-dispatched.v1")
    record ShipmentDispatched(String orderId, @Nullable PostalAddress address) implements FulfilmentEvent {}

    @WireName("shipment-delivered.v1")
    record ShipmentDelivered(String orderId) implements FulfilmentEvent {}

    @WireName("shipment-returned.v1")
    record ShipmentReturned(String orderId, String reason) implements FulfilmentEvent {}

    @WireName("service-area-assigned.v1")
    record ServiceAreaAssigned(String area) implements FulfilmentEvent {}
}
