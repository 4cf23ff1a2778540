package io.throughline.deploy.gateway;

import io.throughline.events.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// The one origin of the local stack: routes `/v1` to the services, streams bodies of any length both ways with
/// back-pressure, answers `/q/health` for the whole and a problem for everything else.
///
/// There is no limit on how long a request may take, only on how long its connection may be silent.
public final class Gateway implements AutoCloseable {
    private static final int IDLE_SECONDS = 300;
    /// Shorter than any service keeps an idle connection: it does not close the one on which we are about to ask.
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_INITIAL_LINE_BYTES = 8 * 1024;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int MAX_UPSTREAM_CONNECTIONS = 512;
    private static final int MAX_WAITING = 4_096;

    private final Vertx vertx;
    private final HttpServer server;

    private Gateway(Vertx vertx, HttpServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    /// Listens on `host` and `port`; 0 takes a free one.
    /// @throws IOException when it cannot listen there
    public static Gateway start(String host, int port, Upstream ingest, Upstream projector) throws IOException {
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(2).setInternalBlockingPoolSize(2));
        try {
            var server = vertx.createHttpServer(serverOptions(host, port));
            server.requestHandler(new Router(vertx.createHttpClient(clientOptions(), poolOptions()), ingest, projector)::route);
            server.listen().toCompletionStage().toCompletableFuture().join();
            return new Gateway(vertx, server);
        } catch (CompletionException e) {
            vertx.close();
            throw new IOException("The gateway cannot listen on %s:%d: %s".formatted(host, port, e.getCause().getMessage()), e);
        }
    }

    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).exceptionally(_ -> null).join();
    }

    private static HttpServerOptions serverOptions(String host, int port) {
        return new HttpServerOptions().setHost(host).setPort(port)
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_INITIAL_LINE_BYTES)
                .setHttp2ClearTextEnabled(false);
    }

    private static HttpClientOptions clientOptions() {
        return new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAliveTimeout(KEEP_ALIVE_SECONDS).setMaxWaitQueueSize(MAX_WAITING);
    }

    private static PoolOptions poolOptions() {
        return new PoolOptions().setHttp1MaxSize(MAX_UPSTREAM_CONNECTIONS);
    }

    /// Requests to proxies; one proxy for each service.
    private static final class Router {
        private final HttpProxy ingest;
        private final HttpProxy projector;
        private final Readiness readiness;

        Router(HttpClient client, Upstream ingest, Upstream projector) {
            this.ingest = proxy(client, ingest);
            this.projector = proxy(client, projector);
            this.readiness = new Readiness(client, List.of(ingest, projector));
        }

        private static HttpProxy proxy(HttpClient client, Upstream upstream) {
            return HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                    .origin(upstream.port(), upstream.host())
                    .addInterceptor(new Forwarding(upstream));
        }

        void route(HttpServerRequest request) {
            switch (request.path()) {
                case "/q/health/live" -> Readiness.answerLive(request.response());
                case "/q/health/ready" -> readiness.answer(request.response());
                case null -> notFound(request);
                default -> Route.of(request.path()).ifPresentOrElse(route -> proxyOf(route).handle(request), () -> notFound(request));
            }
        }

        private HttpProxy proxyOf(Route route) {
            return switch (route) {
                case INGEST -> ingest;
                case PROJECTOR -> projector;
            };
        }

        private static void notFound(HttpServerRequest request) {
            var problem = Problems.notFound(request.path());
            request.response().setStatusCode(problem.status()).putHeader("Content-Type", Problem.MEDIA_TYPE).end(Problems.json(problem));
        }
    }
}
