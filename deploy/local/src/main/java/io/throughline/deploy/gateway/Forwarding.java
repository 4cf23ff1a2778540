package io.throughline.deploy.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.util.List;

/// How one request passes to a service and its answer back: without headers that belong to one connection or that a client
/// could forge, and with a `503` where the service does not answer.
final class Forwarding implements ProxyInterceptor {
    private static final List<String> FORGEABLE = List.of("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port",
            "x-forwarded-prefix", "x-forwarded-proto", "x-real-ip");
    /// `Expect` among them: the gateway answers it, when the service takes the body.
    private static final List<String> HOP_BY_HOP =
            List.of("connection", "expect", "keep-alive", "proxy-authenticate", "proxy-connection", "upgrade");

    private final Upstream upstream;
    private final Exchange exchange;

    Forwarding(Upstream upstream, Exchange exchange) {
        this.upstream = upstream;
        this.exchange = exchange;
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        var request = context.request();
        removeHopByHop(request.headers());
        FORGEABLE.forEach(request.headers()::remove);
        request.setBody(Body.body(exchange.body(), request.getBody().length()));
        return context.sendRequest().recover(failure -> Future.succeededFuture(problem(context, failure)));
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        removeHopByHop(context.response().headers());
        if (exchange.isUnfinished()) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        var body = context.response().getBody();
        boolean endsWithTheConnection = body != null && body.length() < 0 && context.request().proxiedRequest().version() == HttpVersion.HTTP_1_0;
        return endsWithTheConnection ? sendUntilClosed(context) : context.sendResponse();
    }

    /// To a client that knows no chunks. The proxy would gather all of the answer first, however long it is, or without end.
    private static Future<Void> sendUntilClosed(ProxyContext context) {
        var answer = context.response();
        var response = context.request().proxiedRequest().response();
        answer.headers().remove(HttpHeaders.TRANSFER_ENCODING);
        response.setStatusCode(answer.getStatusCode());
        response.headers().addAll(answer.headers()).set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        return answer.getBody().stream().pipe().endOnFailure(false).to(response).onFailure(_ -> response.reset());
    }

    private ProxyResponse problem(ProxyContext context, Throwable failure) {
        var name = upstream.name();
        boolean full = failure instanceof ConnectionPoolTooBusyException;
        var problem = exchange.failure(full ? Problems.busy(name) : Problems.unavailable(name));
        var response = context.request().response().setStatusCode(problem.status());
        Problems.headers(problem).forEach(response::putHeader);
        return response.setBody(Body.body(Problems.json(problem.at(context.request().proxiedRequest().path()))));
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
