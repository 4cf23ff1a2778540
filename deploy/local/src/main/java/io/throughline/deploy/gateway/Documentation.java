package io.throughline.deploy.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.json.EventJson;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.Map;

/// The one document of the API, made of the services' own when it is first asked for. Questions that come meanwhile share the answer; one that
/// fails is tried again at the next question.
///
/// For one event loop.
final class Documentation {
    private static final long TIMEOUT_MILLIS = 5_000;

    private final HttpClient client;
    private final Map<Route, Upstream> upstreams;
    private Future<Buffer> merged = Future.failedFuture("not asked for yet");

    /// @param client with connections of its own, which no other traffic can take
    Documentation(HttpClient client, Map<Route, Upstream> upstreams) {
        this.client = client;
        this.upstreams = Map.copyOf(upstreams);
    }

    void answer(HttpServerRequest request, Exchange exchange) {
        if (merged.isComplete() && merged.failed()) {
            merged = ask(Route.INGEST).compose(ingest -> ask(Route.PROJECTOR)
                    .map(projector -> Problems.json(ApiDocument.merge(Map.of(Route.INGEST, ingest, Route.PROJECTOR, projector)))));
        }
        merged.onComplete(document -> Site.answer(request, Site.JSON, document),
                _ -> exchange.refuse(Problems.unavailable("A service that describes itself")));
    }

    private Future<JsonNode> ask(Route route) {
        var upstream = upstreams.get(route);
        var options = new RequestOptions().setMethod(HttpMethod.GET).setHost(upstream.host()).setPort(upstream.managementPort())
                .setURI("/q/openapi?format=json").setTimeout(TIMEOUT_MILLIS);
        return client.request(options).compose(request -> request.send()).compose(HttpClientResponse::body).map(Documentation::read);
    }

    private static JsonNode read(Buffer document) {
        try {
            return EventJson.mapper().readTree(document.getBytes());
        } catch (IOException broken) {
            throw new IllegalArgumentException("a service describes itself in something else than JSON", broken);
        }
    }
}
