package io.throughline.deploy.gateway;

import io.throughline.events.Problem;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.util.List;

/// How a request passes to one service and its answer back: without headers that belong to one connection or
/// that a client could forge, and with a `503` where the service does not answer.
final class Forwarding implements ProxyInterceptor {
    private static final List<String> FORGEABLE = List.of("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port",
            "x-forwarded-prefix", "x-forwarded-proto", "x-real-ip");
    private static final List<String> HOP_BY_HOP = List.of("connection", "keep-alive", "proxy-authenticate", "proxy-connection", "upgrade");

    private final Upstream upstream;

    Forwarding(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        var headers = context.request().headers();
        removeHopByHop(headers);
        FORGEABLE.forEach(headers::remove);
        return context.sendRequest().recover(_ -> Future.succeededFuture(unavailable(context)));
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        removeHopByHop(context.response().headers());
        return context.sendResponse();
    }

    private ProxyResponse unavailable(ProxyContext context) {
        var problem = Problems.unavailable(upstream.name(), context.request().proxiedRequest().path());
        // Releasing reads the rest of the body away: a client in the middle of an upload must see the answer.
        return context.request().release().response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("Retry-After", "1")
                .setBody(Body.body(Problems.json(problem)));
    }

    private static void removeHopByHop(MultiMap headers) {
        headers.getAll("connection").stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList()
                .forEach(headers::remove);
        HOP_BY_HOP.forEach(headers::remove);
    }
}
