package io.throughline.ingest.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.throughline.events.Problem;
import io.throughline.events.json.EventJson;
import io.throughline.ingest.ErrorCode;
import io.throughline.ingest.Refusal;
import io.throughline.ingest.Tally;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The one way out: JSON, or a problem (RFC 9457).
final class Answers {

    private static final Logger LOG = Logger.getLogger(Answers.class);
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence PROBLEM_JSON = HttpHeaders.createOptimized(Problem.MEDIA_TYPE);
    /// Soon, because what is full or gone is usually back within seconds, and a refusal costs us next to nothing.
    private static final CharSequence RETRY_AFTER_SECONDS = HttpHeaders.createOptimized("1");

    /// Under which a request carries the [Tally] that learns of its refusal.
    private static final String TALLY = "tally";

    private Answers() {}

    /// Whatever is refused of this request is counted there.
    static void countedBy(Tally tally, RoutingContext context) {
        context.put(TALLY, tally);
    }

    /// An answer whose body is written already: writing a large one is not for the event loop.
    ///
    /// @param problem that it tells, if it does
    record Written(int status, @Nullable Problem problem, Buffer body) {
        static Written json(int status, Object body) {
            return new Written(status, null, bytes(body));
        }

        /// @param body the problem, at its path, with more to say or without
        static Written problem(Problem problem, Object body) {
            return new Written(problem.status(), problem, bytes(body));
        }
    }

    static void json(RoutingContext context, int status, Object body) {
        send(context, Written.json(status, body));
    }

    static void noContent(RoutingContext context) {
        if (isOpen(context.response())) {
            UnreadBody.discard(context);
            context.response().setStatusCode(204).end();
        }
    }

    static void problem(RoutingContext context, Problem problem) {
        problem(context, problem, problem.at(context.request().path()));
    }

    /// @param body the problem, with more to say
    static void problem(RoutingContext context, Problem problem, Object body) {
        send(context, Written.problem(problem, body));
    }

    /// @return done when the answer has left, which takes as long as the caller takes to read; fails when the caller goes away before
    static Future<Void> send(RoutingContext context, Written answer) {
        var response = context.response();
        if (!isOpen(response)) {
            return Future.failedFuture("the caller went away");
        }
        UnreadBody.discard(context);
        response.setStatusCode(answer.status()).putHeader(HttpHeaders.CONTENT_TYPE, answer.problem() == null ? JSON : PROBLEM_JSON);
        if (answer.problem() != null) {
            tell(context, answer.problem());
        }
        return response.end(answer.body());
    }

    private static void tell(RoutingContext context, Problem problem) {
        if (context.get(TALLY) instanceof Tally tally) {
            tally.refused(problem.code());
        }
        switch (problem.status()) {
            case 401 -> context.response().putHeader("WWW-Authenticate", "Bearer realm=\"throughline\"");
            case 503 -> context.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            default -> { }
        }
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
