package io.throughline.ingest.http;

import io.throughline.events.access.AccessFile;
import io.throughline.ingest.ErrorCode;
import io.throughline.ingest.Tally;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// The paths of this service. Whatever is asked, the answer is ours: also to a wrong path or method.
@Singleton
final class Routes {

    private static final int FIRST = -1_000_000;
    private static final Duration ACCESS_FILE_PERIOD = Duration.ofSeconds(1);

    private final EventsRoute events;
    private final ImportsRoute imports;
    private final IdentityTokensRoute identityTokens;
    private final CallerRoute caller;
    private final SourcesRoute sources;
    private final Tally tally;

    Routes(EventsRoute events, ImportsRoute imports, IdentityTokensRoute identityTokens, CallerRoute caller, SourcesRoute sources,
            Tally tally) {
        this.events = events;
        this.imports = imports;
        this.identityTokens = identityTokens;
        this.caller = caller;
        this.sources = sources;
        this.tally = tally;
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(context -> {
            Answers.countedBy(tally, context);
            context.next();
        }).failureHandler(Routes::unrouted);
        serve(router, "/v1/events", Map.of(HttpMethod.POST, events));
        serve(router, "/v1/imports", Map.of(HttpMethod.POST, imports));
        serve(router, "/v1/identities/tokens", Map.of(HttpMethod.POST, identityTokens));
        serve(router, "/v1/identities/caller", Map.of(HttpMethod.GET, caller));
        serve(router, "/v1/sources", Map.of(HttpMethod.GET, sources::list));
        serve(router, SourcesRoute.ONE + ":name", Map.of(HttpMethod.GET, sources::get, HttpMethod.PUT, sources::put, HttpMethod.DELETE, sources::delete));
        router.route().last().handler(context -> Answers.problem(context, ErrorCode.NOT_FOUND.problem("There is nothing at this path.")));
    }

    void watchAccess(@Observes StartupEvent started, Vertx vertx, AccessFile access) {
        vertx.setPeriodic(ACCESS_FILE_PERIOD.toMillis(), _ -> vertx.executeBlocking(() -> {
            access.refresh();
            return null;
        }));
    }

    /// The router gives up a request without a host, or with another target than a path, before its first route. What else fails goes on to
    /// where it is answered.
    private static void unrouted(RoutingContext context) {
        var request = context.request();
        if (request.authority() == null) {
            Answers.problem(context, ErrorCode.INVALID_REQUEST.problem("The header Host does not hold the name of a host."));
        } else if (request.path() == null || !request.path().startsWith("/")) {
            Answers.problem(context, ErrorCode.INVALID_REQUEST.problem("The path of a request begins with a slash."));
        } else {
            context.next();
        }
    }

    private static void serve(Router router, String path, Map<HttpMethod, Handler<RoutingContext>> handlers) {
        handlers.forEach((method, handler) ->
                router.route(method, path).handler(handler).failureHandler(context -> Answers.failure(context, context.failure())));
        var allowed = handlers.keySet().stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
        router.route(path).handler(context -> {
            context.response().putHeader(HttpHeaders.ALLOW, allowed);
            Answers.problem(context, ErrorCode.METHOD_NOT_ALLOWED.problem("This path takes " + allowed + " only."));
        });
    }
}
