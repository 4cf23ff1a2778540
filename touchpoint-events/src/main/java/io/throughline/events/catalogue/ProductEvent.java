package io.throughline.events.catalogue;

import io.throughline.events.Money;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// Purchases, faults, and what the customer has a claim to.
public sealed interface ProductEvent extends TouchpointEvent {

    @WireName("purchase-made.v1")
    record PurchaseMade(String orderId, String product, Money amount, String channel) implements ProductEvent {}

    @WireName("fault-reported.v1")
    record FaultReported(String orderId, String product, String fault) implements ProductEvent {}

    @WireName("warranty-claimed.v1")
    record WarrantyClaimed(String orderId, String product) implements ProductEvent {}

    @WireName("warranty-settled.v1")
    record WarrantySettled(String orderId, String outcome) implements ProductEvent {}

    /// @param basis `warranty`, `statute`, `promotion` or `contract`
    @WireName("entitlement-granted.v1")
    record EntitlementGranted(String kind, @Nullable String product, @Nullable String orderId, String basis, OffsetDateTime until) implements ProductEvent {}

    @WireName("remedy-offered.v1")
    record RemedyOffered(@Nullable String complaintId, @Nullable String orderId, String kind, @Nullable String product, Money value) implements ProductEvent {}
}
