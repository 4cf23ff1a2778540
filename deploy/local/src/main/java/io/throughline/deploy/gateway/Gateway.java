package io.throughline.deploy.gateway;

import io.throughline.events.access.AccessFile;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// The one origin of the local stack: knows its callers, routes `/v1` to the services, streams bodies of any length both ways
/// with back-pressure, answers `/q/health` for the whole, shows the pages that say how it is called, and answers a problem for everything else.
///
/// There is no limit on how long a request may take, only on how slow and how silent its client may be. All of it runs on one
/// event loop, so that nothing here is shared between threads.
public final class Gateway implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Gateway.class.getName());
    private static final int IDLE_SECONDS = 300;
    private static final int ACCESS_FILE_MILLIS = 1_000;
    private static final int REPORT_MILLIS = 10_000;

    private final Vertx vertx;
    private final HttpServer server;

    private Gateway(Vertx vertx, HttpServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    /// Listens on `host` and `port`; 0 takes a free one.
    ///
    /// @param access file of the callers' hashed tokens; read again when it changes
    /// @throws IOException when it cannot listen there, or the file cannot be read
    public static Gateway start(String host, int port, Path access, Upstream ingest, Upstream projector) throws IOException {
        return start(host, port, access, ingest, projector, Limits.USUAL);
    }

    static Gateway start(String host, int port, Path access, Upstream ingest, Upstream projector, Limits limits) throws IOException {
        var callers = new AccessFile(access);
        // On a busy machine classes take seconds to load; that is no blocked thread, and no stack trace for the log of a first start.
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(2)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS).setMaxEventLoopExecuteTime(10)
                .setWarningExceptionTimeUnit(TimeUnit.SECONDS).setWarningExceptionTime(60));
        try {
            Promise<HttpServer> listening = Promise.promise();
            var options = serverOptions(host, port);
            var site = Site.load();
            vertx.runOnContext(_ -> listen(vertx, options, limits, callers, site, List.of(ingest, projector)).onComplete(listening));
            return new Gateway(vertx, listening.future().toCompletionStage().toCompletableFuture().join());
        } catch (CompletionException e) {
            vertx.close();
            throw new IOException("The gateway cannot listen on %s:%d: %s".formatted(host, port, e.getCause().getMessage()), e);
        }
    }

    private static Future<HttpServer> listen(
            Vertx vertx, HttpServerOptions options, Limits limits, AccessFile access, Site site, List<Upstream> upstreams) {
        var connections = new Connections(limits);
        // With connections of its own, health answers however busy the others are.
        var health = new Readiness(vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(1)), upstreams);
        var documentation = new Documentation(vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(1)),
                Map.of(Route.INGEST, upstreams.getFirst(), Route.PROJECTOR, upstreams.getLast()));
        var door = new Door(limits, options, access, connections,
                new Lane(vertx, upstreams.getFirst(), limits), new Lane(vertx, upstreams.getLast(), limits), health, site, documentation);
        vertx.setPeriodic(limits.look().toMillis(), _ -> connections.look(System.nanoTime()));
        vertx.setPeriodic(ACCESS_FILE_MILLIS, _ -> vertx.executeBlocking(() -> {
            access.refresh();
            return null;
        }));
        reportEvictions(vertx, connections);
        return vertx.createHttpServer(options)
                .connectionHandler(door::opened)
                .invalidRequestHandler(door::undecodable)
                .requestHandler(door::request)
                .listen();
    }

    private static void reportEvictions(Vertx vertx, Connections connections) {
        long[] reported = new long[1];
        vertx.setPeriodic(REPORT_MILLIS, _ -> {
            long more = connections.evicted() - reported[0];
            reported[0] += more;
            if (more > 0) {
                LOG.log(Level.WARNING, "{0} connections were closed to make room; open: {1} without a token, {2} with one", more,
                        connections.strangers(), connections.known());
            }
        });
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
                .setMaxHeaderSize(RequestHead.MAX_BYTES)
                .setMaxInitialLineLength(RequestHead.MAX_LINE_BYTES)
                .setHttp2ClearTextEnabled(false);
    }
}
