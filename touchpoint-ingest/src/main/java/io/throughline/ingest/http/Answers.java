package io.throughline.ingest.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.throughline.events.Problem;
import io.throughline.events.json.EventJson;
import io.throughline.ingest.ErrorCode;
import io.throughline.ingest.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;

/// The one way out: JSON, or a problem (RFC 9457).
final class Answers {

    private static final Logger LOG = Logger.getLogger(Answers.class);
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence PROBLEM_JSON = HttpHeaders.createOptimized(Problem.MEDIA_TYPE);
    /// Soon, because what is full or gone is usually back within seconds, and a refusal costs us next to nothing.
    private static final CharSequence RETRY_AFTER_SECONDS = HttpHeaders.createOptimized("1");

    private Answers() {}

    static void json(RoutingContext context, int status, Object body) {
        send(context, status, JSON, body);
    }

    static void noContent(RoutingContext context) {
        if (isOpen(context.response())) {
            UnreadBody.discard(context.request());
            context.response().setStatusCode(204).end();
        }
    }

    static void problem(RoutingContext context, Problem problem) {
        problem(context, problem.status(), problem.at(context.request().path()));
    }

    /// @param body a problem, or one with more to say
    static void problem(RoutingContext context, int status, Object body) {
        var headers = context.response().headers();
        switch (status) {
            case 401 -> headers.set("WWW-Authenticate", "Bearer realm=\"throughline\"");
            case 503 -> headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            default -> { }
        }
        send(context, status, PROBLEM_JSON, body);
    }

    /// A refusal becomes its problem; anything else is our fault and is logged.
    static void failure(RoutingContext context, Throwable failure) {
        if (failure instanceof Refusal refusal) {
            problem(context, refusal.problem());
        } else if (!isOpen(context.response())) {
            LOG.debugf("A caller went away: path=%s", context.normalizedPath());
        } else {
            LOG.errorf(failure, "A request failed: method=%s path=%s", context.request().method(), context.normalizedPath());
            problem(context, ErrorCode.INTERNAL_ERROR.problem(
                    "This is our fault. What was sent may or may not have been taken; sending it again is harmless."));
        }
    }

    private static void send(RoutingContext context, int status, CharSequence type, Object body) {
        var response = context.response();
        if (!isOpen(response)) {
            return;
        }
        UnreadBody.discard(context.request());
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type).end(bytes(body));
    }

    private static boolean isOpen(HttpServerResponse response) {
        return !response.closed() && !response.ended();
    }

    private static Buffer bytes(Object body) {
        try {
            return Buffer.buffer(EventJson.mapper().writeValueAsBytes(body));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an answer can be written as JSON", impossible);
        }
    }
}
