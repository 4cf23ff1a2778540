package io.throughline.events.catalogue;

import io.throughline.events.Money;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// Purchases, faults, and what the customer has a claim to.
public sealed interface ProductEvent extends TouchpointEvent {

    @WireName("purchase-made.v1")
    @Meaning("Something was bought.")
    record PurchaseMade(
            String orderId,
            @Meaning(value = "what", example = "earphones") String product,
            @Meaning("what was paid") Money amount,
            @Meaning(value = "where it was bought", example = "shop") String channel) implements ProductEvent {}

    @WireName("fault-reported.v1")
    @Meaning("The customer says that a product is faulty.")
    record FaultReported(
            String orderId,
            @Meaning(value = "which", example = "earphones") String product,
            @Meaning(value = "what is wrong", example = "left side silent") String fault) implements ProductEvent {}

    @WireName("warranty-claimed.v1")
    @Meaning("The customer claims warranty.")
    record WarrantyClaimed(
            String orderId,
            @Meaning(value = "for what", example = "earphones") String product) implements ProductEvent {}

    @WireName("warranty-settled.v1")
    @Meaning("The claim is settled.")
    record WarrantySettled(
            String orderId,
            @Meaning(value = "how", example = "replaced") String outcome) implements ProductEvent {}

    @WireName("entitlement-granted.v1")
    @Meaning("The customer may have something without paying for it.")
    record EntitlementGranted(
            @Meaning(value = "what kind of thing", example = "replacement") String kind,
            @Meaning(value = "which product, where only that", example = "earphones") @Nullable String product,
            @Meaning("of which order, where only that") @Nullable String orderId,
            @Meaning(value = "on what ground", oneOf = {"warranty", "statute", "promotion", "contract"}) String basis,
            @Meaning("for how long") OffsetDateTime until) implements ProductEvent {}

    @WireName("remedy-offered.v1")
    @Meaning("The company offers something to make good a fault.")
    record RemedyOffered(
            @Meaning("the complaint it answers") @Nullable String complaintId,
            @Meaning("the order it is about") @Nullable String orderId,
            @Meaning(value = "what kind of thing", example = "replacement") String kind,
            @Meaning(value = "which product", example = "earphones") @Nullable String product,
            @Meaning("what it is worth") Money value) implements ProductEvent {}
}
