package io.throughline.journey.http;

import io.throughline.events.Problem;
import io.throughline.events.json.EventJson;
import io.throughline.journey.ErrorCode;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// A body beyond the limit is refused before any resource is reached; it gets a problem document all the same.
@ApplicationScoped
class OversizeBodies {

    void answer(@Observes Router router) {
        router.errorHandler(413, context -> {
            var problem = Problem.of(ErrorCode.BODY_TOO_LARGE.wire(), ErrorCode.BODY_TOO_LARGE.title(), 413, "Questions are short: at most 64 KiB.").at(context.request().path());
            context.response().setStatusCode(413).putHeader("Content-Type", Problem.MEDIA_TYPE).putHeader("Connection", "close")
                    .end(EventJson.mapper().valueToTree(problem).toString());
        });
    }
}
