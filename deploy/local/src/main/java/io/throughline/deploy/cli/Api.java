package io.throughline.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The HTTP contract as the command line uses it, with one token.
public final class Api {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final URI base;
    private final String token;
    private final HttpClient client;

    public Api(String baseUrl, String token) {
        this(URI.create(baseUrl), token, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build());
    }

    private Api(URI base, String token, HttpClient client) {
        this.base = base;
        this.token = token;
        this.client = client;
    }

    /// The same API, called as somebody else.
    public Api as(String otherToken) {
        return new Api(base, otherToken, client);
    }

    /// @param parameters those with a null value are left out
    /// @throws Refused when the answer is a problem
    public JsonNode get(String path, Map<String, ?> parameters) throws IOException {
        return send(request(path + query(parameters)).timeout(ANSWER_LIMIT).build());
    }

    /// Gives every item of a paged list to `consumer`, page by page, at most `limit` of them.
    ///
    /// @return whether there are more
    public boolean forEach(String path, Map<String, String> parameters, String list, long limit, Consumer<JsonNode> consumer) throws IOException {
        var page = new TreeMap<>(parameters);
        var left = limit;
        boolean more = false;
        do {
            var answer = get(path, page);
            for (var item : answer.path(list)) {
                if (left-- > 0) {
                    consumer.accept(item);
                } else {
                    more = true;
                }
            }
            page.put("cursor", answer.path("next").asText(null));
        } while (left > 0 && page.get("cursor") != null);
        return more || page.get("cursor") != null;
    }

    /// Posts a body of any length; waits as long as it takes.
    public JsonNode post(String path, String mediaType, String encoding, HttpRequest.BodyPublisher body) throws IOException {
        var request = request(path).header("Content-Type", mediaType).POST(body);
        if (encoding != null) {
            request.header("Content-Encoding", encoding);
        }
        return send(request.build());
    }

    /// Puts JSON.
    ///
    /// @param version on which it is based
    public JsonNode put(String path, long version, JsonNode body) throws IOException {
        return send(request(path).header("Content-Type", "application/json").header("If-Match", quoted(version))
                .PUT(HttpRequest.BodyPublishers.ofString(body.toString())).timeout(ANSWER_LIMIT).build());
    }

    /// @param version that is to be deleted
    public JsonNode delete(String path, long version) throws IOException {
        return send(request(path).header("If-Match", quoted(version)).DELETE().timeout(ANSWER_LIMIT).build());
    }

    private static String quoted(long version) {
        return "\"" + version + "\"";
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(base.resolve(pathAndQuery)).header("Authorization", "Bearer " + token).header("Accept", "application/json");
    }

    private JsonNode send(HttpRequest request) throws IOException {
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() >= 300) {
                throw Refused.of(response.statusCode(), response.body());
            }
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IOException("The answer of " + base + " is not JSON. Is it Throughline that listens there?", e);
        } catch (Refused refused) {
            throw refused;
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new IOException("Nothing answers at %s. Is the stack up? Try: ./throughline status".formatted(base), e);
        } catch (HttpTimeoutException e) {
            throw new IOException("%s has not answered within %d s. Is the machine busy? Try: ./throughline doctor".formatted(base, ANSWER_LIMIT.toSeconds()), e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + base);
        } catch (IOException e) {
            throw new IOException("The connection to %s broke off before the answer. Try again; ./throughline status says what runs.".formatted(base), e);
        }
    }

    private static String query(Map<String, ?> parameters) {
        var query = parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue().toString(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    /// An answer that is a problem (RFC 9457), or at least not a success.
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        private final int status;

        private Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        public int status() {
            return status;
        }

        static Refused of(int status, byte[] body) {
            var problem = problem(body);
            var title = problem.path("title").asText("The request was refused");
            var errors = new StringBuilder();
            problem.path("errors").forEach(error ->
                    errors.append("\n  ").append(error.has("line") ? "line " + error.path("line").asInt() + " " : "")
                            .append(error.path("pointer").asText()).append(": ").append(error.path("detail").asText()));
            return new Refused(status, "%s (%d). %s%s".formatted(title, status, problem.path("detail").asText(), errors));
        }

        private static JsonNode problem(byte[] body) {
            try {
                return JSON.readTree(body);
            } catch (IOException _) {
                return JSON.createObjectNode();
            }
        }
    }
}
