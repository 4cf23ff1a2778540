package io.throughline.journey.http;

import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletableFuture;

/// One request and its answer: it is over when the answer has been handed to the connection, or when the caller has gone away.
final class Exchange {

    private static final String KEY = Exchange.class.getName();

    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /// On the event loop, before anything else: an end that came earlier would be missed.
    static void begin(RoutingContext context) {
        var exchange = new Exchange();
        context.put(KEY, exchange);
        context.addEndHandler(_ -> exchange.over.complete(null));
    }

    static Exchange of(RoutingContext context) {
        return context.get(KEY);
    }

    /// Completed once it is over.
    CompletableFuture<Void> over() {
        return over;
    }
}
