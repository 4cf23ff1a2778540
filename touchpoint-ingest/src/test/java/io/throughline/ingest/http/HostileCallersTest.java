package io.throughline.ingest.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.IdentitySpelling;
import io.throughline.events.access.AccessFile;
import io.throughline.events.access.AccessList;
import io.throughline.events.log.LogRecord;
import io.throughline.ingest.Addressing;
import io.throughline.ingest.Admission;
import io.throughline.ingest.Budget;
import io.throughline.ingest.Counted;
import io.throughline.ingest.Events;
import io.throughline.ingest.HmacVault;
import io.throughline.ingest.Intake;
import io.throughline.ingest.Limits;
import io.throughline.ingest.MemoryLog;
import io.throughline.ingest.Position;
import io.throughline.ingest.TouchpointLog;
import io.throughline.ingest.WarnedTypes;
import io.throughline.ingest.imports.FileImport;
import io.throughline.ingest.imports.ImportLimits;
import io.throughline.ingest.sources.Registrar;
import io.throughline.ingest.sources.SourceRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The routes on one event loop and real sockets: what one caller sends takes nothing from the others. Two callers: `a` and
/// `b`, both operators.
@Timeout(120)
class HostileCallersTest {

    private static final String POST = "POST /v1/events HTTP/1.1\nHost: x\nAuthorization: Bearer ";
    private static final String EVENT = "\nContent-Type: application/cloudevents+json\n";
    private static final String BATCH = "\nContent-Type: application/cloudevents-batch+json\n";
    private static final Limits LIMITS = new Limits(256 * 1024, 5 * 1024 * 1024, 10_000, Duration.ofDays(1));
    private static final long MEMORY = 32L * 1024 * 1024;

    @TempDir Path folder;

    private final List<Socket> sockets = new ArrayList<>();
    private final Counted tally = new Counted();
    private final Budget budget = new Budget(MEMORY);
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private HttpServer server;

    @BeforeEach void start() throws Exception {
        serve(new MemoryLog(), Duration.ofMinutes(5));
    }

    @AfterEach void stop() throws Exception {
        for (var socket : sockets) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test void aBodyThatDoesNotComeIsNotWaitedFor() throws Exception {
        serve(new MemoryLog(), Duration.ofMillis(200));
        var slow = say(POST + "a" + EVENT + "Content-Length: 60000\n\n{");
        assertThat(answer(slow)).startsWith("HTTP/1.1 408 ").containsIgnoringCase("connection: close").contains("body-timeout");
        sayUntilClosed(slow, " ");
        assertThat(tally.entries).contains("body-timeout");
        assertThat(budget.used()).isZero();
    }

    @Test void whoSendsOnAfterARefusalIsHeardForAMomentOnly() throws Exception {
        var stranger = say(POST + "x" + EVENT + "Content-Length: 60000\n\n{");
        assertThat(answer(stranger)).startsWith("HTTP/1.1 401 ").containsIgnoringCase("connection: close").contains("unauthenticated");
        sayUntilClosed(stranger, " ");
        var again = say(POST + "x" + EVENT + "Content-Length: 2\n\n{}");
        assertThat(answer(again)).startsWith("HTTP/1.1 401 ");
        assertThat(tally.entries).containsExactly("unauthenticated", "unauthenticated");
    }

    @Test void aCallerThatAsksBeforeItSendsIsToldToGoOn() throws Exception {
        var socket = say(POST + "a" + EVENT + "Content-Length: 2\nExpect: 100-continue\n\n");
        assertThat(answer(socket)).startsWith("HTTP/1.1 100 ");
        assertThat(answer(say(POST + "x" + EVENT + "Content-Length: 2\nExpect: 100-continue\n\n"))).startsWith("HTTP/1.1 401 ");
        assertThat(answer(say(POST + "a" + EVENT + "Content-Length: 2\nExpect: cake\n\n")))
                .startsWith("HTTP/1.1 417 ").contains("expectation-failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET v1/sources HTTP/1.1\nHost: x\n\n", "GET ?limit=1 HTTP/1.1\nHost: x\n\n", "GET /v1/sources HTTP/1.1\nHost: x:y:z\n\n",
        "POST /v1/events HTTP/1.1\nHost: x:y:z\nContent-Length: 0\n\n", "GET /v1/sources HTTP/1.1\n\n"})
    void whatTheRouterGivesUpIsRefusedWithAProblem(String request) throws Exception {
        assertThat(answer(say(request))).startsWith("HTTP/1.1 400 ").contains("invalid-request");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "GET /v1/sources?limit=1&limit=2 | limit is given more than once; give it once.",
        "GET /v1/sources?limit= | limit has no value; leave it out where anything will do.",
        "GET /v1/sources?limit | limit has no value; leave it out where anything will do.",
        "GET /v1/sources?limit=0 | limit must be a number from 1 to 500.",
        "GET /v1/sources?limit=501 | limit must be a number from 1 to 500.",
        "GET /v1/sources?limit=%2B5 | limit must be a number from 1 to 500.",
        "GET /v1/sources?limit=%D9%A3 | limit must be a number from 1 to 500.",
        "GET /v1/sources?Limit=5 | There is no parameter Limit here; there are: limit, cursor.",
        "GET /v1/sources?limit=5&cursor=* | cursor must be next of the page before.",
        "GET /v1/sources?cursor=gICA | cursor must be next of the page before.",
        "GET /v1/sources?limit=%zz | limit holds a malformed escape",
        "GET /v1/sources?%00=5 | The name of a parameter holds a malformed escape",
        "GET /v1/sources?=5 | There is no parameter of such a name here",
        "GET /v1/sources/%2Fa?version=3 | There is no parameter version here; there is none.",
        "DELETE /v1/sources/%2Fa?x=1 | There is no parameter x here; there is none.",
        "PUT /v1/sources/%2Fa?x=1 | There is no parameter x here; there is none.",
        "POST /v1/events?dryRun=true | There is no parameter dryRun here; there is none.",
        "POST /v1/imports?dryRun=true | There is no parameter dryRun here; there are: line, known.",
        "POST /v1/imports?line=0 | line must be the number of a line",
        "POST /v1/imports?line=-1 | line must be the number of a line",
        "POST /v1/imports?line=1000000000001 | line must be the number of a line",
        "POST /v1/imports?line=%D9%A3 | line must be the number of a line",
        "POST /v1/imports?line=1&line=2 | line is given more than once; give it once.",
        "POST /v1/imports?known=yesterday | known must be occurred or unknown."})
    void aParameterThatCannotBeMeantIsRefusedByName(String line, String detail) throws Exception {
        assertThat(answer(say(line + " HTTP/1.1\nHost: x\nAuthorization: Bearer a\nContent-Length: 0\n\n")))
                .startsWith("HTTP/1.1 400 ").contains("invalid-parameter", detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/sources", "/v1/sources?", "/v1/sources?&&", "/v1/sources?limit=500&", "/v1/sources?%6Cimit=1&cursor=L2E"})
    void otherQueriesAreAnswered(String target) throws Exception {
        assertThat(answer(say("GET " + target + " HTTP/1.1\nHost: x\nAuthorization: Bearer a\n\n"))).startsWith("HTTP/1.1 200 ");
    }

    @Test void aStrangerLearnsNothingAboutParameters() throws Exception {
        assertThat(answer(say("GET /v1/sources?x=1 HTTP/1.1\nHost: x\nAuthorization: Bearer x\n\n"))).startsWith("HTTP/1.1 401 ");
    }

    /// An array sent as one event, and one event sent as a batch.
    @Test void theRightMediaTypeIsNamed() throws Exception {
        var array = "[" + event("e-1") + "]";
        assertThat(answer(say(POST + "a" + EVENT + "Content-Length: " + array.length() + "\n\n" + array)))
                .startsWith("HTTP/1.1 400 ").contains("application/cloudevents-batch+json");
        var one = event("e-1");
        assertThat(answer(say(POST + "a" + BATCH + "Content-Length: " + one.length() + "\n\n" + one)))
                .startsWith("HTTP/1.1 400 ").contains("one event alone is sent as application/cloudevents+json");
    }

    /// Whole on the wire: the description, and the warning about what was passed over.
    @Test void anImportSaysWhatItIsOrWhatItPassedOver() throws Exception {
        var array = "[" + event("e-1") + "]";
        assertThat(answer(say("POST /v1/imports HTTP/1.1\nHost: x\nAuthorization: Bearer a\nContent-Type: application/x-ndjson\nContent-Length: "
                + array.length() + "\n\n" + array))).startsWith("HTTP/1.1 415 ").contains("This is a JSON array", "Nothing of it was taken");
        var gzip = Events.gzip(event("e-1").getBytes(UTF_8));
        var socket = say("POST /v1/imports HTTP/1.1\nHost: x\nAuthorization: Bearer a\nContent-Type: application/x-ndjson\nContent-Encoding: gzip\nContent-Length: "
                + (gzip.length + 4) + "\n\n");
        socket.getOutputStream().write(gzip);
        socket.getOutputStream().write("junk".getBytes(UTF_8));
        assertThat(answer(socket)).startsWith("HTTP/1.1 200 ").contains("\"accepted\":1", "\"passedOver\":\"Something that is not gzip follows");
    }

    /// All that one caller may hold, in the beginnings of batches; and two thousand more that hold next to nothing.
    @Test void oneCallerHoldsHalfOfTheMemoryAndTheOthersAreServed() throws Exception {
        int most = LIMITS.batchBytes() - 1024;
        for (int i = 0; i < 3; i++) {
            say(POST + "a" + BATCH + "Content-Length: " + (most + 1) + "\n\n" + "[" + " ".repeat(most - 1));
        }
        awaitHeld(3L * most);
        var refused = say(POST + "a" + BATCH + "Content-Length: " + (most + 1) + "\n\n" + "[" + " ".repeat(most - 1));
        assertThat(answer(refused))
                .startsWith("HTTP/1.1 503 ").containsIgnoringCase("retry-after: 1").contains("caller-busy", "The key a ");
        for (int i = 0; i < 2_000; i++) {
            say(POST + "b" + EVENT + "Content-Length: 60000\n\n{");
        }
        assertThat(accepted("b", "e-1")).startsWith("HTTP/1.1 202 ");
    }

    /// The log holds up a large batch; were it decided on the event loop, which is one, nothing else would be answered.
    @Test void aLargeBatchIsNotDecidedOnTheEventLoop() throws Exception {
        var goOn = new CountDownLatch(1);
        var log = new MemoryLog();
        serve(new TouchpointLog() {
            @Override
            public Optional<String> outage() {
                return Optional.empty();
            }

            @Override
            public CompletableFuture<Position> append(LogRecord record) {
                if (record.value() != null) {
                    await(goOn);
                }
                return log.append(record);
            }
        }, Duration.ofMinutes(5));
        var items = IntStream.range(0, 10_000).mapToObj(i -> event("a-" + i).replace("\"id\"", "\"data\":{},\"id\""))
                .collect(Collectors.joining(","));
        var large = say(POST + "a" + BATCH + "Content-Length: " + (items.length() + 2) + "\n\n[" + items + "]");
        assertThat(accepted("b", "e-1")).startsWith("HTTP/1.1 202 ");
        goOn.countDown();
        assertThat(answer(large)).startsWith("HTTP/1.1 202 ");
    }

    @Test void theAnswerToABatchIsNotManyTimesAsLargeAsTheBatch() throws Exception {
        var faults = Stream.generate(() -> "\"\\u0000\"").limit(25).collect(Collectors.joining(","));
        var item = "{\"data\":{\"" + "d".repeat(200) + "\":[" + faults + "]}}";
        int items = Math.min(10_000, LIMITS.batchBytes() / (item.length() + 1));
        var body = "[" + Stream.generate(() -> item).limit(items).collect(Collectors.joining(",")) + "]";
        var answer = answer(say(POST + "a" + BATCH + "Content-Length: " + body.length() + "\n\n" + body));
        assertThat(answer).startsWith("HTTP/1.1 207 ");
        assertThat(answer.length()).isLessThan(LIMITS.batchBytes());
    }

    @Test void anImportMayTakeAnyTimeButMustMove() throws Exception {
        var server = vertx.createHttpServer();
        var read = new CompletableFuture<Boolean>();
        server.requestHandler(request -> {
            var body = new BodyStream(request, vertx.getOrCreateContext(), Duration.ofMillis(300));
            Thread.ofVirtual().start(() -> read.complete(isReadToItsEnd(body)));
        });
        server.listen(0).toCompletionStage().toCompletableFuture().join();
        var socket = new Socket("127.0.0.1", server.actualPort());
        sockets.add(socket);
        socket.getOutputStream().write("POST / HTTP/1.1\r\nContent-Length: 60000\r\n\r\n".getBytes(ISO_8859_1));
        while (!read.isDone()) {
            socket.getOutputStream().write('x');
            socket.setSoTimeout(20);
            isClosed(socket);
        }
        assertThat(read.join()).isFalse();
    }

    private static boolean isReadToItsEnd(BodyStream body) {
        try {
            body.readAllBytes();
            return true;
        } catch (IOException _) {
            return !body.isTooSlow();
        }
    }

    private void serve(TouchpointLog log, Duration bodyTimeout) throws IOException {
        var access = new AccessFile(Files.writeString(folder.resolve("access.json"), "{\"keys\":[" + key("a") + "," + key("b") + "]}"));
        var callers = new Callers(access);
        var bodies = new Bodies(vertx, bodyTimeout);
        var registry = new SourceRegistry();
        var addressing = new Addressing(new HmacVault("00".repeat(32), IdentitySpelling.DEFAULT));
        var admission = new Admission(LIMITS, registry);
        var outage = new LogOutage(log, Events.DEFINITIONS);
        var events = new EventsRoute(callers, bodies, budget, LIMITS, new Workers(vertx), admission,
                new Intake(addressing, log, new Counted()), outage, () -> Events.NOW);
        var imports = new ImportsRoute(callers, budget, LIMITS, new ImportLimits(4, 4 << 20, Duration.ofMinutes(1), Duration.ZERO, 10),
                new FileImport.Tools(admission, addressing, log, new Counted(), () -> Events.NOW), outage);
        var registrar = new Registrar(registry, Events.DEFINITIONS, () -> "id", Runnable::run);
        var sources = new SourcesRoute(callers, bodies, budget, outage, registry, registrar, new WarnedTypes(), () -> Events.NOW);
        var tokens = new IdentityTokensRoute(callers, bodies, budget, new HmacVault("00".repeat(32), IdentitySpelling.DEFAULT));
        var router = Router.router(vertx);
        new Routes(events, imports, tokens, new CallerRoute(callers), sources, tally).register(router);
        server = vertx.createHttpServer().requestHandler(request -> {
            request.pause(); // as the platform does
            router.handle(request);
        });
        server.listen(0).toCompletionStage().toCompletableFuture().join();
    }

    private static String key(String token) {
        return "{\"id\":\"%s\",\"sha256\":\"%s\",\"roles\":[\"operator\"]}".formatted(token, AccessList.hash(token));
    }

    private String accepted(String caller, String id) throws IOException {
        var event = event(id);
        return answer(say(POST + caller + EVENT + "Content-Length: " + event.length() + "\n\n" + event));
    }

    private static String event(String id) {
        return Events.event(id).toString();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// What was sent lies in sockets for a moment before it counts.
    private void awaitHeld(long bytes) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (budget.used() < bytes) {
            assertThat(System.nanoTime()).as("held: %d of %d bytes", budget.used(), bytes).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private Socket say(String request) throws IOException {
        var socket = new Socket("127.0.0.1", server.actualPort());
        sockets.add(socket);
        socket.setSoTimeout(60_000);
        int body = request.indexOf("\n\n") + 2;
        socket.getOutputStream().write((request.substring(0, body).replace("\n", "\r\n") + request.substring(body)).getBytes(UTF_8));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        var head = new StringBuilder();
        var in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        int at = head.toString().toLowerCase(Locale.ROOT).indexOf("content-length: ");
        int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
        return head + new String(in.readNBytes(length), UTF_8);
    }

    private static void sayUntilClosed(Socket socket, String text) throws IOException {
        socket.setSoTimeout(20);
        while (!isClosed(socket)) {
            try {
                socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            } catch (SocketException _) {
                return;
            }
        }
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (SocketException _) {
            return true;
        }
    }
}
