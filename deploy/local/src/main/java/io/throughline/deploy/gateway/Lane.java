package io.throughline.deploy.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.HashMap;
import java.util.Map;

/// The way to one service: connections and a bounded queue of its own, so that one service that is held up holds up no other,
/// and of both no caller more than a part.
///
/// For one event loop.
final class Lane {
    /// Shorter than any service keeps an idle connection: it does not close the one on which we are about to ask.
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int CONNECT_MILLIS = 2_000;

    private final Upstream upstream;
    private final Limits limits;
    private final HttpClient client;
    private final Map<String, Integer> underWay = new HashMap<>();

    Lane(Vertx vertx, Upstream upstream, Limits limits) {
        this.upstream = upstream;
        this.limits = limits;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
                new PoolOptions().setHttp1MaxSize(limits.upstream()).setMaxWaitQueueSize(limits.waiting()));
    }

    Upstream upstream() {
        return upstream;
    }

    HttpClient client() {
        return client;
    }

    /// Takes a place for one request of `caller`, to be given back by [#leave].
    ///
    /// @return false when it has as many as it may have
    boolean enter(String caller) {
        int others = underWay.getOrDefault(caller, 0);
        if (others >= limits.requestsOfCaller()) {
            return false;
        }
        underWay.put(caller, others + 1);
        return true;
    }

    void leave(String caller) {
        underWay.computeIfPresent(caller, (_, places) -> places == 1 ? null : places - 1);
    }

    /// A connection to the service, once there is one; fails when that takes too long.
    Future<HttpClientRequest> connect() {
        return client.request(new RequestOptions().setHost(upstream.host()).setPort(upstream.port())
                .setConnectTimeout(limits.patience().toMillis()));
    }
}
