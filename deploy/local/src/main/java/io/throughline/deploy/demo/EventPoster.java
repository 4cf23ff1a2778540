package io.throughline.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.throughline.deploy.access.Credentials;
import io.throughline.deploy.cli.Api;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/// Posts events as their sources would: each source with its own key, in batches.
final class EventPoster {
    private static final int BATCH = 500;
    private static final int ATTEMPTS = 60;
    private static final int UNAVAILABLE = 503;

    private final Api api;
    private final Map<String, String> keys;

    EventPoster(Api api, Credentials credentials) {
        this.api = api;
        this.keys = credentials.sources();
    }

    /// Posts the events, those of sources that answer others first: what is only on its way should not look forgotten.
    /// Returns when every event was accepted.
    /// @throws IOException when one was not, saying why
    void post(List<DemoEvent> events) throws IOException {
        var bySource = events.stream().collect(Collectors.groupingBy(DemoEvent::source, LinkedHashMap::new, Collectors.toList()));
        for (var source : Sources.ANSWERS_FIRST) {
            for (var batch : bySource.getOrDefault(source, List.of()).stream().gather(Gatherers.windowFixed(BATCH)).toList()) {
                postBatch(source, batch);
            }
        }
    }

    private void postBatch(String source, List<DemoEvent> batch) throws IOException {
        var body = JsonNodeFactory.instance.arrayNode();
        batch.forEach(event -> body.add(event.toJson()));
        var answer = postWithPatience(api.as(keys.get(source)), body.toString());
        for (var item : answer.path("items")) {
            if (!item.path("status").asText().equals("accepted")) {
                throw new IOException("An event of the demo was not accepted: " + item);
            }
        }
    }

    /// Sends again, with the same ids, what a service that is just being started again could not take.
    private static JsonNode postWithPatience(Api as, String body) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return as.post("/v1/events", "application/cloudevents-batch+json", null, HttpRequest.BodyPublishers.ofString(body));
            } catch (Api.Refused refused) {
                if (refused.status() != UNAVAILABLE || attempt == ATTEMPTS) {
                    throw refused;
                }
                pause();
            }
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the demo was played");
        }
    }
}
