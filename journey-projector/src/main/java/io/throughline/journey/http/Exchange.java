package io.throughline.journey.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// One request and its answer: it is over when the answer has been handed to the connection, or when the caller has gone away.
final class Exchange {

    private static final String KEY = Exchange.class.getName();

    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final RoutingContext context;
    private volatile long wentOnAt = System.nanoTime();

    private Exchange(RoutingContext context) {
        this.context = context;
    }

    /// On the event loop, before anything else: an end that came earlier would be missed.
    ///
    /// @param within how long it may take with all that the caller sends and reads, or until it next goes on: then the connection is closed
    static void begin(RoutingContext context, Duration within) {
        var exchange = new Exchange(context);
        context.put(KEY, exchange);
        context.addEndHandler(_ -> exchange.over.complete(null));
        exchange.endAfter(within.toNanos(), within.toNanos());
    }

    private void endAfter(long left, long within) {
        long timer = context.vertx().setTimer(Math.max(1, left / 1_000_000), _ -> {
            long still = wentOnAt + within - System.nanoTime();
            if (still > 0) {
                endAfter(still, within);
            } else {
                cut();
            }
        });
        over.thenRun(() -> context.vertx().cancelTimer(timer));
    }

    /// Whether the head of an answer is all of it: a body that was made for it would only keep the connection from the next request.
    boolean isHeadOnly() {
        return context.request().method() == HttpMethod.HEAD;
    }

    /// The caller has taken a part of an answer that is as long as it is. From any thread.
    void wentOn() {
        wentOnAt = System.nanoTime();
    }

    /// Cuts the connection, so that a partial answer is not taken for a whole one. At once: Vert.x would wait until what was written has gone out,
    /// which it never does to a caller that does not read. From any thread.
    void cut() {
        var first = ((ConnectionBase) context.request().connection()).channel().pipeline().firstContext();
        if (first != null) { // else it is closed already
            first.close();
        }
    }

    static Exchange of(RoutingContext context) {
        return context.get(KEY);
    }

    /// Completed once it is over.
    CompletableFuture<Void> over() {
        return over;
    }
}
