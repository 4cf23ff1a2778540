package io.throughline.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.io.OutputStream;
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
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The HTTP contract as the command line uses it, with one token.
public final class Api {
    /// Numbers as they are written: what is read of a rule is sent on.
    static final ObjectMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();
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

    /// Of a list that was read page by page.
    ///
    /// @param more whether there are others than those that were shown
    /// @param count how many there are altogether, where the list says that
    public record Listed(long shown, boolean more, OptionalLong count) {}

    /// Gives every item of a paged list to `consumer`, page by page, at most `limit` of them.
    ///
    /// @return what was shown of it
    public Listed forEach(String path, Map<String, String> parameters, String list, long limit, Consumer<JsonNode> consumer) throws IOException {
        var page = new TreeMap<>(parameters);
        long shown = 0;
        boolean more = false;
        var count = OptionalLong.empty();
        do {
            var answer = get(path, page);
            count = answer.path("count").isIntegralNumber() ? OptionalLong.of(answer.path("count").longValue()) : count;
            for (var item : answer.path(list)) {
                if (shown < limit) {
                    shown++;
                    consumer.accept(item);
                } else {
                    more = true;
                }
            }
            page.put("cursor", answer.path("next").asText(null));
        } while (shown < limit && page.get("cursor") != null);
        return new Listed(shown, more || page.get("cursor") != null, count);
    }

    /// Copies a whole list to `out`, in a form of its own; waits as long as it takes.
    void copy(String path, Map<String, ?> parameters, String mediaType, OutputStream out) throws IOException {
        var body = open(path, parameters, Map.of("Accept", mediaType), HttpResponse.BodyHandlers.ofInputStream());
        try (body) {
            body.transferTo(out);
            out.flush();
        } catch (IOException e) {
            throw new IOException("The connection to %s broke off: what came is not the whole list. Try again.".formatted(base), e);
        }
    }

    /// The lines of an answer as they come, for as long as it goes on.
    Stream<String> lines(String path, Map<String, ?> parameters, Map<String, String> headers) throws IOException {
        return open(path, parameters, headers, HttpResponse.BodyHandlers.ofLines());
    }

    private <T> T open(String path, Map<String, ?> parameters, Map<String, String> headers, HttpResponse.BodyHandler<T> handler) throws IOException {
        var request = HttpRequest.newBuilder(base.resolve(path + query(parameters))).header("Authorization", "Bearer " + token);
        headers.forEach(request::header);
        return answer(request.build(), handler);
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

    JsonNode delete(String path) throws IOException {
        return send(request(path).DELETE().timeout(ANSWER_LIMIT).build());
    }

    private static String quoted(long version) {
        return "\"" + version + "\"";
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(base.resolve(pathAndQuery)).header("Authorization", "Bearer " + token).header("Accept", "application/json");
    }

    private JsonNode send(HttpRequest request) throws IOException {
        var body = answer(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IOException("The answer of " + base + " is not JSON. Is it Throughline that listens there?", e);
        }
    }

    /// @param handler of an answer that is none of a refusal
    private <T> T answer(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        HttpResponse.BodyHandler<Object> either = answer -> answer.statusCode() < 300 ? widened(handler.apply(answer))
                : widened(HttpResponse.BodySubscribers.ofByteArray());
        try {
            var response = client.send(request, either);
            if (response.statusCode() >= 300) {
                throw Refused.of(response.statusCode(), (byte[]) response.body());
            }
            @SuppressWarnings("unchecked") // as its handler made it
            var body = (T) response.body();
            return body;
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

    private static HttpResponse.BodySubscriber<Object> widened(HttpResponse.BodySubscriber<?> subscriber) {
        return HttpResponse.BodySubscribers.mapping(subscriber, body -> body);
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
