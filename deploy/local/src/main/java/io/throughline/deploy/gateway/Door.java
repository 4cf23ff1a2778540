package io.throughline.deploy.gateway;

import io.throughline.events.access.AccessFile;
import io.throughline.events.access.AccessList.Caller;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;
import java.util.IdentityHashMap;
import java.util.Map;

/// Lets requests in, or refuses them before anything is asked of a service or read of their bodies: first the form, then the
/// path, then the caller, then whether there is room.
///
/// For one event loop.
final class Door {
    private static final ProxyOptions PROXY = new ProxyOptions().setSupportWebSocket(false);

    private final Limits limits;
    private final HttpServerOptions options;
    private final AccessFile access;
    private final Connections connections;
    private final Map<HttpConnection, Visitor> visitors = new IdentityHashMap<>();
    private final Lane ingest;
    private final Lane projector;
    private final Readiness readiness;
    private final Site site;
    private final Documentation documentation;

    Door(Limits limits, HttpServerOptions options, AccessFile access, Connections connections, Lane ingest, Lane projector,
            Readiness readiness, Site site, Documentation documentation) {
        this.limits = limits;
        this.options = options;
        this.access = access;
        this.connections = connections;
        this.ingest = ingest;
        this.projector = projector;
        this.readiness = readiness;
        this.site = site;
        this.documentation = documentation;
    }

    void opened(HttpConnection connection) {
        var visitor = new Visitor(connection, System.nanoTime());
        Framing.watch(connection, options, visitor::breakOff);
        visitors.put(connection, visitor);
        connection.closeHandler(_ -> {
            visitors.remove(connection);
            connections.closed(visitor);
        });
        connections.opened(visitor);
    }

    void undecodable(HttpServerRequest request) {
        var visitor = visitors.get(request.connection());
        if (visitor != null && !visitor.isClosing()) {
            new Exchange(visitor, request, limits).refuse(RequestHead.undecodable(request));
        }
    }

    void request(HttpServerRequest request) {
        var visitor = visitors.get(request.connection());
        if (visitor == null || visitor.isClosing()) {
            return;
        }
        var exchange = new Exchange(visitor, request, limits);
        RequestHead.fault(request).ifPresentOrElse(exchange::refuse, () -> {
            switch (request.path()) {
                case "/q/health/live" -> Readiness.answerLive(request.response());
                case "/q/health/ready" -> readiness.answer(request.response());
                case Site.DOCUMENT -> open(request, exchange, () -> documentation.answer(request, exchange));
                case null -> exchange.refuse(Problems.notFound());
                default -> Route.of(request.path()).ifPresentOrElse(
                        route -> authenticate(visitor, exchange, request, lane(route)), () -> page(request, exchange));
            }
        });
    }

    private void page(HttpServerRequest request, Exchange exchange) {
        site.at(request.path()).ifPresentOrElse(
                file -> open(request, exchange, () -> Site.answer(request, file.mediaType(), file.content())),
                () -> exchange.refuse(Problems.notFound()));
    }

    /// What everyone may read.
    private static void open(HttpServerRequest request, Exchange exchange, Runnable answer) {
        if (Site.isRead(request)) {
            answer.run();
        } else {
            exchange.refuse(Problems.readOnly());
        }
    }

    private Lane lane(Route route) {
        return switch (route) {
            case INGEST -> ingest;
            case PROJECTOR -> projector;
        };
    }

    private void authenticate(Visitor visitor, Exchange exchange, HttpServerRequest request, Lane lane) {
        switch (access.list().caller(request.getHeader(HttpHeaders.AUTHORIZATION))) {
            case Caller.Unknown(var problem) -> exchange.refuse(problem);
            case Caller.Known(var principal) when connections.recognised(visitor, principal.id()) ->
                    forward(principal.id(), exchange, request, lane);
            case Caller.Known _ -> exchange.refuse(Problems.tooManyConnections());
        }
    }

    private void forward(String caller, Exchange exchange, HttpServerRequest request, Lane lane) {
        if (!lane.enter(caller)) {
            exchange.refuse(Problems.callerBusy(caller, lane.upstream().name(), limits.requestsOfCaller()));
            return;
        }
        exchange.enter(() -> lane.leave(caller));
        HttpProxy.reverseProxy(PROXY, lane.client())
                .origin(_ -> lane.connect().compose(exchange::asks))
                .addInterceptor(new Forwarding(lane.upstream(), exchange))
                .handle(request);
    }
}
