package io.throughline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/// Answers of a service under measurement, one request at a time.
final class Answers {
    private static final int OK = 200;

    private Answers() {}

    /// @throws BenchException where the answer is another than `200`
    static JsonNode json(HttpClient client, String url, String token) throws IOException, InterruptedException {
        return EventJson.mapper().readTree(get(client, url, token, BodyHandlers.ofString(StandardCharsets.UTF_8)));
    }

    /// @throws BenchException where the answer is another than `200`
    static <T> T get(HttpClient client, String url, String token, BodyHandler<T> body) throws IOException, InterruptedException {
        var answer = client.send(HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token).build(), body);
        if (answer.statusCode() != OK) {
            throw new BenchException("%s was answered with status %d.".formatted(url, answer.statusCode()));
        }
        return answer.body();
    }
}
