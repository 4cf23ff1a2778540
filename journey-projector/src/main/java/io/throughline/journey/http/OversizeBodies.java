package io.throughline.journey.http;

import io.throughline.events.Problem;
import io.throughline.events.json.EventJson;
import io.throughline.journey.ErrorCode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// A body beyond the limit is refused before any of it is read, and before the server's own limit would refuse it without a word.
@ApplicationScoped
class OversizeBodies {

    private static final long MOST_BYTES = 64 * 1024;
    /// Before everything else: the server's own limit stands at the negative numbers near zero.
    private static final int FIRST = -10_000;

    void refuse(@Observes Router router) {
        router.route().order(FIRST).handler(context -> {
            if (declaredLength(context) > MOST_BYTES) {
                answer(context);
            } else {
                context.next();
            }
        });
        router.errorHandler(413, OversizeBodies::answer);
    }

    private static long declaredLength(RoutingContext context) {
        var length = context.request().getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException _) {
            return 0; // the server itself refuses it
        }
    }

    private static void answer(RoutingContext context) {
        var code = ErrorCode.BODY_TOO_LARGE;
        var problem = Problem.of(code.wire(), code.title(), 413, "At most 64 KiB are read here.").at(context.request().path());
        context.response().setStatusCode(413).putHeader("Content-Type", Problem.MEDIA_TYPE).putHeader("Connection", "close")
                .end(EventJson.mapper().valueToTree(problem).toString());
    }
}
