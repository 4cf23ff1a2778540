package io.throughline.ingest.http;

import io.throughline.ingest.ErrorCode;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/// The paths of this service. Whatever is asked, the answer is ours: also to a wrong path or method.
@Singleton
final class Routes {

    private static final Duration ACCESS_FILE_PERIOD = Duration.ofSeconds(1);

    private final EventsRoute events;
    private final ImportsRoute imports;
    private final IdentityTokensRoute identityTokens;

    Routes(EventsRoute events, ImportsRoute imports, IdentityTokensRoute identityTokens) {
        this.events = events;
        this.imports = imports;
        this.identityTokens = identityTokens;
    }

    void register(@Observes Router router) {
        post(router, "/v1/events", events);
        post(router, "/v1/imports", imports);
        post(router, "/v1/identities/tokens", identityTokens);
        router.route().last().handler(context -> Answers.problem(context, ErrorCode.NOT_FOUND.problem("There is nothing at this path.")));
    }

    void watchAccess(@Observes StartupEvent started, Vertx vertx, AccessFile access) {
        vertx.setPeriodic(ACCESS_FILE_PERIOD.toMillis(), _ -> vertx.executeBlocking(() -> {
            access.refresh();
            return null;
        }));
    }

    private static void post(Router router, String path, Handler<RoutingContext> handler) {
        router.post(path).handler(handler).failureHandler(context -> Answers.failure(context, context.failure()));
        router.route(path).handler(context -> {
            context.response().putHeader(HttpHeaders.ALLOW, "POST");
            Answers.problem(context, ErrorCode.METHOD_NOT_ALLOWED.problem("This path takes POST only."));
        });
    }
}
