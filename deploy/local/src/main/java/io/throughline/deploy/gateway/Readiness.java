package io.throughline.deploy.gateway;

import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.util.List;

/// The readiness of the whole: that of each service, asked when the question comes; questions that come meanwhile share the answer, so that
/// however many come, a service is asked once at a time.
final class Readiness {
    private static final long TIMEOUT_MILLIS = 1_500;

    private final HttpClient client;
    private final List<Upstream> upstreams;
    private Future<List<Check>> asked = Future.succeededFuture(List.of());

    /// @param client with connections of its own, which no other traffic can take
    Readiness(HttpClient client, List<Upstream> upstreams) {
        this.client = client;
        this.upstreams = upstreams;
    }

    private record Check(String name, String status) {
        boolean up() {
            return status.equals("UP");
        }
    }

    private record Health(String status, List<Check> checks) {}

    void answer(HttpServerResponse response) {
        if (asked.isComplete()) {
            asked = Future.all(upstreams.stream().map(this::check).toList()).map(CompositeFuture::list);
        }
        asked.onSuccess(checks -> send(response, checks.stream().allMatch(Check::up), checks));
    }

    /// `UP` as long as the gateway itself runs.
    static void answerLive(HttpServerResponse response) {
        send(response, true, List.of());
    }

    private static void send(HttpServerResponse response, boolean up, List<Check> checks) {
        if (response.closed()) {
            return;
        }
        response.setStatusCode(up ? 200 : 503)
                .putHeader("Content-Type", "application/json")
                .end(Problems.json(new Health(up ? "UP" : "DOWN", checks)));
    }

    private Future<Check> check(Upstream upstream) {
        var options = new RequestOptions().setMethod(HttpMethod.GET).setHost(upstream.host()).setPort(upstream.managementPort())
                .setURI("/q/health/ready").setTimeout(TIMEOUT_MILLIS);
        return client.request(options)
                .compose(request -> request.send())
                .map(response -> new Check(upstream.name(), response.statusCode() == 200 ? "UP" : "DOWN"))
                .otherwise(new Check(upstream.name(), "DOWN"));
    }
}
