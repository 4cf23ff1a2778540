package io.throughline.deploy.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.throughline.events.Problem;
import io.throughline.events.json.EventJson;
import io.vertx.core.buffer.Buffer;

/// What the gateway itself has to refuse.
final class Problems {
    private Problems() {}

    static Problem notFound(String path) {
        return Problem.of("not-found", "There is nothing here", 404, "The API lies under /v1, health under /q/health.").at(path);
    }

    static Problem unavailable(String service, String path) {
        return Problem.of("service-unavailable", "A service is not reachable", 503,
                service + " does not answer at the moment; whether it took the request is unknown. Send it again, with the same ids.").at(path);
    }

    static Buffer json(Object body) {
        try {
            return Buffer.buffer(EventJson.mapper().writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }
}
