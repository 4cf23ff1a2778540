package io.throughline.deploy.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.throughline.events.Problem;
import io.throughline.events.json.EventJson;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/// What the gateway itself has to refuse.
final class Problems {
    private static final Map<String, String> CONTENT = Map.of("Content-Type", Problem.MEDIA_TYPE);
    private static final Map<String, String> CHALLENGE =
            Map.of("Content-Type", Problem.MEDIA_TYPE, "WWW-Authenticate", "Bearer realm=\"throughline\"");
    private static final Map<String, String> READ_ONLY = Map.of("Content-Type", Problem.MEDIA_TYPE, "Allow", "GET, HEAD");
    private static final Map<String, String> LATER = Map.of("Content-Type", Problem.MEDIA_TYPE, "Retry-After", "1");

    private Problems() {}

    static Problem notFound() {
        return Problem.of("not-found", "There is nothing here", 404, "The API lies under /v1 and is described at /api, health lies under /q/health.");
    }

    static Problem readOnly() {
        return Problem.of("method-not-allowed", "Method not allowed", 405, "This path takes GET and HEAD only.");
    }

    static Problem unavailable(String service) {
        return Problem.of("service-unavailable", "A service is not reachable", 503,
                service + " does not answer at the moment; whether it took the request is unknown. Send it again, with the same ids.");
    }

    static Problem busy(String service) {
        return Problem.of("service-busy", "Too many requests wait for a service", 503,
                "All connections to " + service + " are taken. Nothing of this request was taken: send it again in a moment.");
    }

    static Problem callerBusy(String caller, String service, int most) {
        return Problem.of("caller-busy", "Too many requests of one caller at once", 503,
                "The key %s has %d requests under way to %s already: send this one again when others are answered."
                        .formatted(caller, most, service));
    }

    static Problem tooManyConnections() {
        return Problem.of("too-many-connections", "Too many connections are open", 503,
                "Close connections that you do not need, or send requests over fewer of them, and try again in a moment.");
    }

    static Problem bodyTooSlow(Limits limits) {
        return Problem.of("body-timeout", "The body did not arrive in time", 408,
                "Of the body less than %d bytes came in %s: send it faster.".formatted(limits.windowBytes(), limits.window()));
    }

    static Problem expectation() {
        return Problem.of("expectation-failed", "The expectation cannot be met", 417,
                "The header Expect may say 100-continue and nothing else.");
    }

    static Problem malformed(String what) {
        return Problem.of("invalid-request", "The request cannot be understood", 400, what);
    }

    static Problem otherVersion() {
        return Problem.of("http-version-unsupported", "This version of HTTP is not spoken here", 505, "Requests are sent in HTTP/1.1.");
    }

    static Problem tooLong(String what, int status) {
        return Problem.of("request-too-long", "The request's head is too long", status, what);
    }

    static Map<String, String> headers(Problem problem) {
        return switch (problem.status()) {
            case 401 -> CHALLENGE;
            case 405 -> READ_ONLY;
            case 503 -> LATER;
            default -> CONTENT;
        };
    }

    static Buffer json(Object body) {
        try {
            return Buffer.buffer(EventJson.mapper().writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }
}
