package io.throughline.deploy.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.util.List;

/// The readiness of the whole: that of each service, asked when the question comes.
final class Readiness {
    private static final long TIMEOUT_MILLIS = 1_500;

    private final HttpClient client;
    private final List<Upstream> upstreams;

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
        Future.all(upstreams.stream().map(this::check).toList()).onSuccess(all -> {
            List<Check> checks = all.list();
            var up = checks.stream().allMatch(Check::up);
            send(response, up, checks);
        });
    }

    /// `UP` as long as the gateway itself runs.
    static void answerLive(HttpServerResponse response) {
        send(response, true, List.of());
    }

    private static void send(HttpServerResponse response, boolean up, List<Check> checks) {
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
