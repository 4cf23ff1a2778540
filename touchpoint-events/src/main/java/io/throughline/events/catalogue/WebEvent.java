package io.throughline.events.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What customers do on the site and in the app.
public sealed interface WebEvent extends TouchpointEvent {

    @WireName("page-viewed.v1")
    record PageViewed(String url, @Nullable String title, @Nullable String topic, @Nullable String stage) implements WebEvent {}

    @WireName("search-performed.v1")
    record SearchPerformed(String engine, String query, @Nullable Integer resultCount) implements WebEvent {}

    /// Coordinates and sizes in CSS pixels.
    @WireName("element-clicked.v1")
    record ElementClicked(String url, int x, int y, int viewportWidth, int viewportHeight, String selector) implements WebEvent {}

    @WireName("form-started.v1")
    record FormStarted(String form) implements WebEvent {}

    @WireName("form-submitted.v1")
    record FormSubmitted(String form) implements WebEvent {}

    @WireName("checkout-started.v1")
    record CheckoutStarted(String basketId, Money amount) implements WebEvent {}

    /// @param lines as the shop writes them
    @WireName("order-placed.v1")
    record OrderPlaced(@Nullable String basketId, String orderId, Money amount, List<JsonNode> lines) implements WebEvent {}

    @WireName("self-help-viewed.v1")
    record SelfHelpViewed(String topic, @Nullable Boolean helpful) implements WebEvent {}
}
