package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;

/// Somebody who calls the API.
///
/// @param token `null` for somebody without one
record Client(URI base, String token) {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

    /// @param contentType empty where there is none
    /// @param retryAfter empty where there is none
    record Answer(int status, String contentType, String retryAfter, byte[] body) {
        String text() {
            return new String(body, UTF_8);
        }

        JsonNode json() {
            try {
                return EventJson.mapper().readTree(body);
            } catch (IOException e) {
                throw new AssertionError("Not JSON, with status " + status + ": " + text(), e);
            }
        }

        /// @throws Unexpected unless the call was answered with this status
        Answer with(int expected) {
            if (status != expected) {
                throw new Unexpected("Status %d expected, but it was %d: %s".formatted(expected, status, text()));
            }
            return this;
        }
    }

    /// Another status than expected.
    static final class Unexpected extends AssertionError {
        private static final long serialVersionUID = 1;

        Unexpected(String message) {
            super(message);
        }
    }

    /// @param parameters name, value, name, value
    Answer get(String path, String... parameters) {
        var query = new StringJoiner("&", "?", "").setEmptyValue("");
        for (int i = 0; i < parameters.length; i += 2) {
            query.add(parameters[i] + "=" + URLEncoder.encode(parameters[i + 1], UTF_8));
        }
        return send(path + query, request -> request.GET());
    }

    Answer post(String path, String contentType, byte[] body, String... headers) {
        return send(path, request -> {
            request.POST(BodyPublishers.ofByteArray(body)).header("Content-Type", contentType);
            return headers.length == 0 ? request : request.headers(headers);
        });
    }

    /// One event in structured mode.
    Answer post(JsonNode event) {
        return post("/v1/events", "application/cloudevents+json", event.toString().getBytes(UTF_8));
    }

    /// @param request what to add; an import, which takes as long as its body does, sets a timeout of its own
    Answer send(String pathAndQuery, UnaryOperator<HttpRequest.Builder> request) {
        var builder = HttpRequest.newBuilder(base.resolve(pathAndQuery)).timeout(LIMIT);
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        try {
            var response = HTTP.send(request.apply(builder).build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Retry-After").orElse(""), response.body());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted while waiting for " + pathAndQuery));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Without the token.
    @Override
    public String toString() {
        return "Client[" + base + "]";
    }
}
