package io.throughline.events.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What customers do on the site and in the app.
public sealed interface WebEvent extends TouchpointEvent {

    @WireName("page-viewed.v1")
    @Meaning("The customer opened a page.")
    record PageViewed(
            String url,
            @Meaning(value = "its title", example = "Router help") @Nullable String title,
            @Meaning(value = "what it is about", example = "router") @Nullable String topic,
            @Meaning(value = "the stage of the designed journey that it belongs to", example = "onboarding") @Nullable String stage) implements WebEvent {}

    @WireName("search-performed.v1")
    @Meaning("The customer searched.")
    record SearchPerformed(
            @Meaning(value = "with what", example = "site") String engine,
            @Meaning(value = "for what", example = "router red light") String query,
            @Meaning("how much was found") @Nullable Integer resultCount) implements WebEvent {}

    @WireName("element-clicked.v1")
    @Meaning("The customer clicked on something. Coordinates and sizes are CSS pixels.")
    record ElementClicked(
            String url,
            @Meaning("from the left of the page") int x,
            @Meaning("from the top of the page") int y,
            int viewportWidth,
            int viewportHeight,
            @Meaning(value = "of the element, as CSS names it", example = "#send") String selector) implements WebEvent {}

    @WireName("form-started.v1")
    @Meaning("The customer began to fill in a form.")
    record FormStarted(
            @Meaning(value = "which; the same when it is submitted", example = "move-house") String form) implements WebEvent {}

    @WireName("form-submitted.v1")
    @Meaning("The customer sent the form.")
    record FormSubmitted(
            @Meaning(value = "which", example = "move-house") String form) implements WebEvent {}

    @WireName("checkout-started.v1")
    @Meaning("The customer went to pay.")
    record CheckoutStarted(
            @Meaning("the same when the order is placed") String basketId,
            @Meaning("of the basket") Money amount) implements WebEvent {}

    @WireName("order-placed.v1")
    @Meaning("The customer ordered.")
    record OrderPlaced(
            @Meaning("of the checkout, where there was one") @Nullable String basketId,
            String orderId,
            @Meaning("of the order") Money amount,
            @Meaning("what was ordered, as the shop writes it") List<JsonNode> lines) implements WebEvent {}

    @WireName("self-help-viewed.v1")
    @Meaning("The customer read a help page.")
    record SelfHelpViewed(
            @Meaning(value = "what about", example = "router") String topic,
            @Meaning("whether it helped, where that was asked") @Nullable Boolean helpful) implements WebEvent {}
}
