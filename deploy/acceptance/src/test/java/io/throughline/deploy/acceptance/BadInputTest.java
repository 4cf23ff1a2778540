package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.deploy.acceptance.Client.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is sent, the answer is a clear problem, and the next event is still served.
class BadInputTest {
    private static final String SOURCE = "/channels/chat";
    private static final String SUBJECT = "customer:after-bad-input";
    private static final Instant TIME = Instant.parse("2026-03-02T18:12:00Z");
    private static final String EVENT = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String NDJSON = "application/x-ndjson";
    private static final int MIB = 1024 * 1024;
    /// Looks like a token and is none.
    private static final String WRONG_TOKEN = "tl_wrong-0123456789-0123456789-0123456789-abc";

    /// A mebibyte of gzip that is a gibibyte of zeros.
    private static final byte[] BOMB = gzip(new byte[MIB], 1024);

    private static final AtomicInteger GOOD = new AtomicInteger();

    private static Stack stack;
    private static int restarts;

    /// One thing that somebody may send.
    ///
    /// @param code of the problem that it must be answered with
    record Bad(String what, int status, String code, Function<Stack, Answer> call) {
        @Override
        public String toString() {
            return what;
        }
    }

    @BeforeAll
    static void start() {
        stack = Stack.common();
        restarts = stack.member("ingest").restarts() + stack.member("projector").restarts();
    }

    /// A bomb that hit would have ended its process: the services have 256 MiB and end at the first OutOfMemoryError.
    @AfterAll
    static void everyGoodEventIsThereAndNoServiceHasDied() {
        stack.settled();
        assertThat(stack.as("analyst").get("/v1/journeys", "identity", SUBJECT, "limit", "500").with(200).json().path("touchpoints")).hasSize(GOOD.get());
        assertThat(stack.member("ingest").restarts() + stack.member("projector").restarts()).isEqualTo(restarts);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource({"texts", "sizes", "encodings", "contents", "callers", "places", "questions", "heads"})
    void isAnsweredByAProblem(Bad bad) {
        var answer = bad.call.apply(stack).with(bad.status);
        isProblem(answer, bad);
        theNextEventIsServed();
    }

    private static void isProblem(Answer answer, Bad bad) {
        assertThat(answer.contentType()).as("content type for %s", bad).isEqualTo("application/problem+json");
        var problem = answer.json();
        assertThat(problem.path("status").asInt()).as("status for %s", bad).isEqualTo(bad.status);
        assertThat(problem.path("code").asText()).as("code for %s", bad).isEqualTo(bad.code);
        for (var field : List.of("type", "title", "detail")) {
            assertThat(problem.path(field).asText()).as("%s for %s", field, bad).isNotBlank();
        }
        assertThat(answer.text()).doesNotContain(WRONG_TOKEN, stack.source(SOURCE).token(), "Exception", "\tat ");
        assertThat(answer.body().length).as("an answer is not as large as the question").isLessThan(16 * 1024);
    }

    private static void theNextEventIsServed() {
        var id = "good-" + GOOD.incrementAndGet();
        var answer = stack.source(SOURCE).post(good(id)).with(202).json();
        assertThat(answer.path("items").get(0).path("status").asText()).isEqualTo("accepted");
    }

    private static ObjectNode good(String id) {
        return Events.event(SOURCE, id, "chat-started.v1", SUBJECT, TIME);
    }

    /// As it stands on the wire, where no client of ours would send it; what cannot be read as HTTP no route of ours gets to see.
    static Stream<Bad> heads() {
        var status = "GET /v1/status HTTP/1.1";
        var chunked = "POST /v1/events HTTP/1.1\r\nContent-Type: " + EVENT + "\r\nTransfer-Encoding: chunked";
        return Stream.of(
                wire("an escape that is none", 400, "invalid-request", "GET /v1/status?x=%zz HTTP/1.1", ""),
                wire("braces in a path", 400, "invalid-request", "GET /v1/journeys/{person} HTTP/1.1", ""),
                wire("two slashes and no host", 400, "invalid-request", "POST // HTTP/1.1", ""),
                wire("another version of HTTP", 505, "http-version-unsupported", "GET /v1/status HTTP/2.0", ""),
                wire("no version of HTTP", 400, "invalid-request", "GET /v1/status", ""),
                wire("CONNECT", 400, "invalid-request", "CONNECT example.org:443 HTTP/1.1", ""),
                wire("an asterisk", 400, "invalid-request", "OPTIONS * HTTP/1.1", ""),
                wire("a host before the path", 400, "invalid-request", "GET http://x/v1/status HTTP/1.1", ""),
                wire("a long line to ingest", 400, "invalid-parameter", "POST /v1/events?" + "x".repeat(8_000) + " HTTP/1.1\r\nContent-Type: " + EVENT, ""),
                wire("a longer line to ingest", 414, "request-too-long", "POST /v1/events?" + "x".repeat(8_192) + " HTTP/1.1", ""),
                wire("a longer line to the projector", 414, "request-too-long", "GET /v1/status?" + "x".repeat(8_192) + " HTTP/1.1", ""),
                wire("a long field", 431, "request-too-long", status + "\r\nX-Long: " + "x".repeat(16_384), ""),
                wire("many fields", 431, "request-too-long", status + "\r\nX: y".repeat(130), ""),
                wire("a chunk without a length", 400, "invalid-request", chunked, "zz\r\n{}\r\n"),
                wire("a chunk that does not end", 400, "invalid-request", chunked, "2\r\n{}x\r\n"));
    }

    private static Bad wire(String what, int status, String code, String head, String body) {
        return new Bad(what, status, code, stack -> exchange(stack, head, body));
    }

    private static Answer exchange(Stack stack, String head, String body) {
        try (var connection = FuzzConnection.open(stack.port(), Duration.ofSeconds(60))) {
            var whole = head + "\r\nHost: x\r\nAuthorization: Bearer " + stack.as("operator").token() + "\r\n\r\n";
            return connection.exchange(whole.getBytes(ISO_8859_1), body.getBytes(ISO_8859_1), false).answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A service reads more than the gateway lets through, to which the gateway may add a little.
    @Test
    void betweenTheLimitsOfGatewayAndServiceThereIsNoAnswerWithoutWords() {
        int refused = 0;
        for (int length = 16_100; length < 16_400; length += 10) {
            for (var path : List.of("/v1/status", "/v1/sources")) {
                var answer = exchange(stack, "GET " + path + " HTTP/1.1\r\nX-Long: " + "x".repeat(length), "");
                if (answer.status() != 200) {
                    isProblem(answer, new Bad(path + " with a field of " + length, 431, "request-too-long", _ -> answer));
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }

    static Stream<Bad> texts() {
        return Stream.of(
                event("an empty body", 400, "malformed-json", new byte[0]),
                event("not JSON", 400, "malformed-json", text("{\"specversion\": \"1.0\",")),
                event("prose", 400, "malformed-json", text("Dear Sir or Madam")),
                event("JSON and more", 400, "malformed-json", text(good("x") + "{}")),
                event("UTF-16 with a byte order mark", 400, "malformed-text", good("x").toString().getBytes(UTF_16)),
                event("UTF-16 without one", 400, "malformed-json", good("x").toString().getBytes(UTF_16LE)),
                event("Latin-1", 400, "malformed-text", withData("Zoë Müller").getBytes(ISO_8859_1)),
                event("a cut UTF-8 sequence", 400, "malformed-text", withDataBytes("c3 28")),
                event("an overlong UTF-8 form", 400, "malformed-text", withDataBytes("c0 af")),
                event("a surrogate in UTF-8", 400, "malformed-text", withDataBytes("ed a0 80")),
                event("a raw NUL", 400, "malformed-json", withDataBytes("00")),
                event("an escaped NUL in the data", 400, "invalid-event", text(withData("\\u0000"))),
                event("half a surrogate pair in the data", 400, "invalid-event", text(withData("\\ud800"))),
                event("arrays nested 10,000 deep", 400, "malformed-json", text(withRawData("[".repeat(10_000) + "]".repeat(10_000)))),
                event("objects nested 10,000 deep", 400, "malformed-json", text(withRawData("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)))),
                event("a number of 10,000 digits", 400, "malformed-json", text(withRawData("9".repeat(10_000)))),
                event("a number of a billion digits, written short", 400, "invalid-event", text(withRawData("1e999999999"))),
                event("a number that is none", 400, "malformed-json", text(withRawData("NaN"))),
                event("a field twice", 400, "malformed-json", text("{\"id\":\"a\"," + good("x").toString().substring(1))));
    }

    static Stream<Bad> sizes() {
        return Stream.of(
                event("an event of 300 KiB", 413, "event-too-large", text(withData("x".repeat(300 * 1024)))),
                new Bad("the same in chunks, of unknown length", 413, "event-too-large", stack -> stack.source(SOURCE).send("/v1/events",
                        request -> request.header("Content-Type", EVENT)
                                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(text(withData("x".repeat(300 * 1024)))))))),
                batch("a batch of 6 MiB", 413, "body-too-large", text("[" + "\"" + "x".repeat(6 * MIB) + "\"]")),
                batch("a batch of 10,001 events", 413, "too-many-events", text("[" + "{},".repeat(10_000) + "{}]")),
                batch("a batch that is no array", 400, "malformed-json", text("{}")),
                new Bad("a question of 100 KiB", 413, "body-too-large",
                        stack -> stack.as("analyst").post("/v1/persons/lookup", "application/json", text("\"" + "x".repeat(100 * 1024) + "\""))));
    }

    static Stream<Bad> encodings() {
        return Stream.of(
                encoded("a gzip bomb of 1 GiB", 413, "body-too-large", "gzip", BOMB),
                encoded("gzip that is cut", 400, "malformed-encoding", "gzip", cut(gzip(text("[" + good("x") + "]")))),
                encoded("gzip that is none", 400, "malformed-encoding", "gzip", text("[" + good("x") + "]")),
                encoded("an unknown encoding", 415, "unsupported-encoding", "br", text("[]")),
                new Bad("an import whose gzip is cut", 400, "malformed-encoding", stack -> stack.as("operator").post("/v1/imports", NDJSON,
                        cut(gzip(text("no event\n".repeat(1000)))), "Content-Encoding", "gzip")),
                typed("a charset of UTF-16", EVENT + "; charset=utf-16"),
                typed("a charset of Latin-1", EVENT + "; charset=iso-8859-1"),
                typed("plain text", "text/plain"),
                typed("JSON that does not say what it is", "application/json"),
                typed("XML", "application/cloudevents+xml"),
                typed("a content type that is none", "nonsense"),
                new Bad("no content type", 415, "unsupported-media-type", stack -> stack.source(SOURCE).send("/v1/events",
                        request -> request.POST(BodyPublishers.ofByteArray(text(good("x").toString()))))));
    }

    static Stream<Bad> contents() {
        return Stream.of(
                event("an array instead of an event", 400, "invalid-event", text("[]")),
                event("an event without an id", 400, "invalid-event", text(good("x").without("id").toString())),
                event("an event without a time", 400, "invalid-event", text(good("x").without("time").toString())),
                event("a time without seconds", 400, "invalid-event", text(good("x").put("time", "2026-03-02T18:12Z").toString())),
                event("a schema that is no URI", 400, "invalid-event", text(good("x").put("dataschema", "not a uri").toString())),
                event("a channel without a name", 400, "invalid-event", text(good("x").put("channel", "").toString())),
                event("a customer with a blank at the end", 400, "invalid-event", text(good("x").put("subject", SUBJECT + " ").toString())),
                new Bad("an array as a file", 415, "unsupported-media-type",
                        stack -> stack.as("operator").post("/v1/imports", NDJSON, text("[" + good("x") + "]"))),
                event("an event of the year 10000", 400, "invalid-event", text(good("x").put("time", "+10000-01-01T00:00:00Z").toString())),
                event("an event of the year 1", 400, "invalid-event", text(good("x").put("time", "0001-01-01T00:00:00Z").toString())),
                event("an event of the next century", 400, "time-ahead", text(good("x").put("time", "2126-01-01T00:00:00Z").toString())),
                event("an event about nobody", 400, "invalid-event", text(good("x").put("subject", "somebody").toString())),
                event("a NUL in the id", 400, "invalid-event", text(good("x").put("id", "a\0b").toString())),
                event("an id of 1,000 characters", 400, "invalid-event", text(good("x").put("id", "x".repeat(1000)).toString())),
                event("a source that is no URI reference", 400, "invalid-event", text(good("x").put("source", "<script>").toString())),
                event("an attribute that is ours to set", 400, "invalid-event", text(good("x").put("contenthash", "0").toString())));
    }

    static Stream<Bad> callers() {
        return Stream.of(
                new Bad("nobody", 401, "unauthenticated", stack -> stack.client(null).post(good("x"))),
                new Bad("a token that is none", 401, "unauthenticated", stack -> stack.client(WRONG_TOKEN).post(good("x"))),
                new Bad("a question by nobody", 401, "unauthenticated", stack -> stack.client(null).get("/v1/status")),
                new Bad("a question with a token that is none", 401, "unauthenticated", stack -> stack.client(WRONG_TOKEN).get("/v1/findings")),
                new Bad("the key of another source", 403, "foreign-source", stack -> stack.source("/channels/web").post(good("x"))),
                new Bad("an analyst who posts", 403, "not-permitted", stack -> stack.as("analyst").post(good("x"))),
                new Bad("a channel that imports", 403, "not-permitted", stack -> stack.source(SOURCE).post("/v1/imports", NDJSON, text(good("x").toString()))),
                new Bad("a channel that reads journeys", 403, "forbidden", stack -> stack.source(SOURCE).get("/v1/journeys", "identity", SUBJECT)));
    }

    static Stream<Bad> places() {
        return Stream.of(
                new Bad("an unknown path", 404, "not-found", stack -> stack.as("admin").get("/nothing")),
                new Bad("an unknown path of the API", 404, "path-unknown", stack -> stack.as("admin").get("/v1/nothing")),
                new Bad("a path climbing out", 404, "path-unknown", stack -> stack.as("admin").get("/v1/events/..%2f..%2fq/health")),
                new Bad("a call between services", 404, "not-found", stack -> stack.as("admin").post("/v1/identities/tokens", "application/json", text("{}"))),
                new Bad("reading where one posts", 405, "method-not-allowed", stack -> stack.as("admin").get("/v1/events")),
                new Bad("deleting what cannot be deleted", 405, "method-unknown",
                        stack -> stack.as("admin").send("/v1/journeys", request -> request.DELETE())));
    }

    static Stream<Bad> questions() {
        return Stream.of(
                question("a time that is none", "asOf", "yesterday"),
                question("a limit beyond all limits", "limit", "1000000000000"),
                question("a cursor of somebody else", "cursor", "Ly8v"),
                question("a parameter that is none", "identify", "x"),
                new Bad("an identity that is none", 400, "invalid-parameter",
                        stack -> stack.as("analyst").get("/v1/journeys", "identity", "'; DROP TABLE touchpoint; --")),
                new Bad("an identity with a blank at the end", 400, "invalid-parameter",
                        stack -> stack.as("analyst").get("/v1/journeys", "identity", SUBJECT + " ")),
                new Bad("a page of sources with two limits", 400, "invalid-parameter",
                        stack -> stack.as("analyst").get("/v1/sources", "limit", "1", "limit", "2")),
                new Bad("a person that is none", 400, "invalid-parameter", stack -> stack.as("analyst").get("/v1/journeys/..%2f..%2fetc%2fpasswd")),
                new Bad("a field that is none", 400, "invalid-body",
                        stack -> stack.as("analyst").post("/v1/persons/lookup", "application/json", text("{\"identiti\":\"x\"}"))),
                new Bad("a body that is not JSON", 400, "invalid-body",
                        stack -> stack.as("analyst").post("/v1/persons/lookup", "application/json", text("{\"identity\":"))));
    }

    @Test
    void oneBadItemOfABatchIsRefusedAndTheOthersAreTaken() {
        var before = good("good-" + GOOD.incrementAndGet());
        var after = good("good-" + GOOD.incrementAndGet());
        var answer = stack.source(SOURCE).post("/v1/events", BATCH, text("[" + before + "," + good("x").without("type") + "," + after + "]")).with(207).json();
        assertThat(answer.path("items").valueStream().map(item -> item.path("status").asText())).containsExactly("accepted", "rejected", "accepted");
        assertThat(answer.path("items").get(1).path("problem").path("errors").get(0).path("pointer").asText()).isEqualTo("/type");
    }

    @Test
    void aGzipBombInAnImportIsOneRefusedLine() {
        var answer = stack.as("operator").post("/v1/imports", NDJSON, BOMB, "Content-Encoding", "gzip").with(200).json();
        assertThat(answer.path("refused").asLong()).isEqualTo(1);
        assertThat(answer.path("refusals").get(0).path("code").asText()).isEqualTo("event-too-large");
        theNextEventIsServed();
    }

    private static Bad event(String what, int status, String code, byte[] body) {
        return new Bad(what, status, code, stack -> stack.source(SOURCE).post("/v1/events", EVENT, body));
    }

    private static Bad batch(String what, int status, String code, byte[] body) {
        return new Bad(what, status, code, stack -> stack.source(SOURCE).post("/v1/events", BATCH, body));
    }

    private static Bad encoded(String what, int status, String code, String encoding, byte[] body) {
        return new Bad(what, status, code, stack -> stack.source(SOURCE).post("/v1/events", BATCH, body, "Content-Encoding", encoding));
    }

    private static Bad typed(String what, String contentType) {
        return new Bad(what, 415, "unsupported-media-type", stack -> stack.source(SOURCE).post("/v1/events", contentType, text(good("x").toString())));
    }

    private static Bad question(String what, String parameter, String value) {
        return new Bad(what, 400, "invalid-parameter", stack -> stack.as("analyst").get("/v1/journeys", "identity", SUBJECT, parameter, value));
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    /// An event with this inside a text of its data, as it stands.
    private static String withData(String inside) {
        return withRawData("\"" + inside + "\"");
    }

    private static String withRawData(String json) {
        return good("x").toString().replace("\"data\":{}", "\"data\":" + json);
    }

    private static byte[] withDataBytes(String hex) {
        var bytes = new String(HexFormat.ofDelimiter(" ").parseHex(hex), ISO_8859_1);
        return withData(bytes).getBytes(ISO_8859_1);
    }

    private static byte[] cut(byte[] whole) {
        return Arrays.copyOf(whole, whole.length - 12);
    }

    private static byte[] gzip(byte[] content) {
        return gzip(content, 1);
    }

    private static byte[] gzip(byte[] content, int times) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < times; i++) {
                gzip.write(content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
