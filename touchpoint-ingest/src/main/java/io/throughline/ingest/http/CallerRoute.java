package io.throughline.ingest.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/// `GET /v1/identities/caller`: whether the request's token is known, for a gateway that cannot read the access list itself. Never routed from
/// outside.
@Singleton
final class CallerRoute implements Handler<RoutingContext> {

    private final Callers callers;

    CallerRoute(Callers callers) {
        this.callers = callers;
    }

    /// `204` for a token that is known, with whatever rights; else `401`.
    @Override
    public void handle(RoutingContext context) {
        callers.of(context.request());
        Answers.noContent(context);
    }
}
