package io.throughline.deploy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.throughline.events.Problem;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The gateway between real HTTP servers and a real client.
@Timeout(180)
class GatewayTest {
    private static final String HOST = "127.0.0.1";
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer ingest;
    private HttpServer projector;
    private Gateway gateway;
    private boolean described;

    @BeforeEach
    void start() throws IOException {
        ingest = server("ingest");
        projector = server("projector");
        gateway = Gateway.start(HOST, 0, Tokens.file(folder, "t"), upstream("ingest", ingest), upstream("projector", projector));
    }

    @AfterEach
    void stop() {
        gateway.close();
        ingest.stop(0);
        projector.stop(0);
    }

    static Stream<Arguments> routes() {
        return Stream.of(arguments("/v1/events", "ingest"), arguments("/v1/imports", "ingest"), arguments("/v1/journeys?identity=customer:1", "projector"),
                arguments("/v1/sources?limit=1", "ingest"), arguments("/v1/sources/%2Fchannels%2Fweb", "ingest"), arguments("/v1/source-health", "projector"),
                arguments("/v1/receipts?source=%2Fa&id=b", "projector"), arguments("/v1/status", "projector"));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void eachPathHasItsService(String path, String service) throws Exception {
        assertThat(get(path).body()).isEqualTo(service + " " + path);
    }

    /// They hold no data; what they may do in a browser is this origin's alone.
    @ParameterizedTest
    @ValueSource(strings = {"/", "/api", "/api/start.js", "/api/site.css", "/api/swagger-ui.css", "/api/swagger-ui-bundle.js", "/api/icon.png"})
    void pagesAreOpenAndAskNoOtherHost(String path) throws Exception {
        var answer = open(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Security-Policy")).hasValue(Site.POLICY);
        if (!path.contains("swagger")) {
            assertThat(answer.body()).doesNotContainPattern("(src|href)=\"(?!/)");
        }
        var written = post(path, "x");
        assertThat(written.statusCode()).isEqualTo(405);
    }

    @Test
    void theDocumentIsMadeOfTheServicesOwn() throws Exception {
        describe("{ \"paths\": { \"/v1/events\": { \"post\": { } }, \"/v1/status\": { \"get\": { } } } }");
        var answer = open("/api/openapi.json");
        assertThat(EventJson.mapper().readTree(answer.body()).path("paths").propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("/v1/events", "/v1/status", "/q/health/live", "/q/health/ready");
    }

    @Test
    void whileAServiceIsDownThereIsNoDocumentAndThenThereIs() throws Exception {
        describe("not JSON");
        assertThat(open("/api/openapi.json").statusCode()).isEqualTo(503);
        describe("{ \"paths\": { } }");
        assertThat(open("/api/openapi.json").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/", "/api/../v1/identities", "/v1", "/v2/events", "/q/metrics", "/v1/identities/tokens", "/v1/identities",
        "/v1/sources/../identities/tokens", "/v1/sources/%2E%2e/identities/tokens", "/v1/sources/./x", "/v1/sources/.."})
    void everythingElseIsAProblem(String path) throws Exception {
        var answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
        assertThat(EventJson.mapper().readTree(answer.body()).path("instance").asText()).isEqualTo(path);
    }

    @Test
    void aServiceThatIsDownIsA503AndComesBackByItself() throws Exception {
        var port = ingest.getAddress().getPort();
        ingest.stop(0);
        var answer = post("/v1/events", "[]");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(EventJson.mapper().readTree(answer.body()).path("code").asText()).isEqualTo("service-unavailable");
        assertThat(get("/v1/status").statusCode()).isEqualTo(200);
        assertThat(get("/q/health/ready").statusCode()).isEqualTo(503);

        ingest = server("ingest", port);
        assertThat(post("/v1/events", "[]").statusCode()).isEqualTo(200);
        assertThat(get("/q/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void forgedAndHopByHopHeadersStopAtTheGateway() throws Exception {
        var request = request(uri("/v1/journeys/headers")).header("X-Forwarded-For", "10.0.0.1").header("Forwarded", "for=10.0.0.1")
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body().toLowerCase(Locale.ROOT))
                .contains("authorization").doesNotContain("forwarded");
    }

    /// More than all buffers on the way hold together, with the service reading only when the client is stuck: a gateway
    /// that collected the body would let the client finish.
    @Test
    void anUploadWaitsForASlowReaderInsteadOfFillingMemory() throws Exception {
        var serviceMayRead = new CountDownLatch(1);
        long[] received = new long[1];
        ingest.createContext("/v1/imports", exchange -> {
            await(serviceMayRead);
            received[0] = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            answer(exchange, "done");
        });
        var body = new Endless(200_000_000);
        var answer = client.sendAsync(request(uri("/v1/imports")).POST(HttpRequest.BodyPublishers.ofInputStream(() -> body)).build(),
                HttpResponse.BodyHandlers.ofString());
        body.awaitStall();
        assertThat(body.handedOut()).isLessThan(100_000_000);
        serviceMayRead.countDown();
        assertThat(answer.get().body()).isEqualTo("done");
        assertThat(received[0]).isEqualTo(200_000_000);
    }

    @Test
    void anAnswerReachesTheClientWhileItIsBeingWritten() throws Exception {
        var clientHasFirst = new CountDownLatch(1);
        projector.createContext("/v1/findings/stream", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("first\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(clientHasFirst);
            exchange.getResponseBody().write("second\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        var lines = client.send(request(uri("/v1/findings/stream")).build(), HttpResponse.BodyHandlers.ofLines()).body().iterator();
        assertThat(lines.next()).isEqualTo("first");
        clientHasFirst.countDown();
        assertThat(lines.next()).isEqualTo("second");
    }

    /// One that knows no chunks: proxies in front of this one speak HTTP/1.0 by default.
    @Test
    void anAnswerReachesAnOldClientWhileItIsBeingWritten() throws Exception {
        var clientHasHead = new CountDownLatch(1);
        projector.createContext("/v1/findings/stream", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("first\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(clientHasHead);
            exchange.getResponseBody().write("second\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        try (var wire = new Wire(gateway.port()).say("GET /v1/findings/stream HTTP/1.0\nAuthorization: Bearer t\nConnection: keep-alive\n\n")) {
            assertThat(wire.answer()).startsWith("HTTP/1.0 200 ").doesNotContainIgnoringCase("transfer-encoding").containsIgnoringCase("connection: close");
            clientHasHead.countDown();
            assertThat(wire.rest()).isEqualTo("first\nsecond\n");
        }
    }

    @Test
    void aNewTokenCountsOnceTheFileHasIt() throws Exception {
        var request = HttpRequest.newBuilder(uri("/v1/status")).header("Authorization", "Bearer new").build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(401);
        Tokens.file(folder, "t", "new");
        Awaitility.await().atMost(LIMIT).until(() -> client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200);
    }

    /// Of both services, from now on.
    private void describe(String document) {
        for (var service : List.of(ingest, projector)) {
            if (described) {
                service.removeContext("/q/openapi");
            }
            service.createContext("/q/openapi", exchange -> answer(exchange, document));
        }
        described = true;
    }

    /// Without a token.
    private HttpResponse<String> open(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                request(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).header("Authorization", "Bearer t");
    }

    private URI uri(String path) {
        return URI.create("http://" + HOST + ":" + gateway.port() + path);
    }

    private static Upstream upstream(String name, HttpServer server) {
        return new Upstream(name, HOST, server.getAddress().getPort(), server.getAddress().getPort());
    }

    private static HttpServer server(String name) throws IOException {
        return server(name, 0);
    }

    private static HttpServer server(String name, int port) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(HOST, port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, name + " " + exchange.getRequestURI()));
        server.createContext("/v1/journeys/headers", exchange -> answer(exchange, exchange.getRequestHeaders().keySet().toString()));
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A body of so many bytes that knows how many were taken.
    private static final class Endless extends InputStream {
        private final long size;
        private volatile long handedOut;

        Endless(long size) {
            this.size = size;
        }

        long handedOut() {
            return handedOut;
        }

        /// Returns when the reader has taken something and then nothing more for a while: it waits for the other side.
        void awaitStall() {
            var stall = new long[] {-1, 0};
            Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(100)).until(() -> {
                stall[1] = handedOut == stall[0] && handedOut > 0 ? stall[1] + 1 : 0;
                stall[0] = handedOut;
                return stall[1] >= 5;
            });
        }

        @Override
        public int read() {
            return handedOut++ < size ? 'x' : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            var count = (int) Math.min(length, size - handedOut);
            handedOut += Math.max(0, count);
            return count <= 0 ? -1 : count;
        }
    }
}
