package io.throughline.deploy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What one client does on its sockets takes nothing from the others. Two callers: `a` and `b`.
@Timeout(120)
class HostileClientsTest {
    private static final String TOKEN = "Authorization: Bearer ";
    private static final String GET = "GET /v1/status HTTP/1.1\nHost: x\n";
    private static final String POST = "POST /v1/events HTTP/1.1\nHost: x\n";
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    Path folder;

    private final List<Wire> wires = new ArrayList<>();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final Handler errorLog = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.SEVERE.intValue()) {
                errors.add(line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private Backend ingest;
    private Backend projector;
    private Gateway gateway;

    @BeforeEach
    void startServices() throws IOException {
        Logger.getLogger("").addHandler(errorLog);
        ingest = new Backend();
        projector = new Backend();
    }

    @AfterEach
    void stop() throws IOException {
        for (var wire : wires) {
            wire.close();
        }
        gateway.close();
        ingest.close();
        projector.close();
        Logger.getLogger("").removeHandler(errorLog);
        assertThat(errors).as("errors in the log, which clients could fill").isEmpty();
    }

    @Test
    void withoutATokenNoServiceIsAskedAndTheConnectionIsClosed() throws Exception {
        start(limits -> limits.rest(SHORT));
        var wire = wire().say(POST + "Content-Length: 60000\n\n{");
        assertThat(wire.answer()).startsWith("HTTP/1.1 401 ")
                .containsIgnoringCase("connection: close").containsIgnoringCase("www-authenticate: Bearer")
                .contains("\"code\":\"unauthenticated\"", "\"instance\":\"/v1/events\"");
        wire.sayUntilClosed(" ", 50);
        assertThat(ingest.connections()).isZero();
    }

    @Test
    void anAnswerReachesAClientThatIsStillSending() throws Exception {
        start(limits -> limits);
        var wire = wire().say(POST + "Content-Length: 600000\n\n").sayExactly("x".repeat(600_000));
        assertThat(wire.rest()).startsWith("HTTP/1.1 401 ");
    }

    /// Far more of them than there are places; each in the middle of a request without a token.
    @Test
    void socketsThatNeverAuthenticateTakeNothingFromThoseThatDo() throws Exception {
        start(limits -> limits);
        var known = wire();
        known.say(GET + TOKEN + "a\n\n").answer();
        for (int i = 0; i < 600; i++) {
            wire().say(i % 2 == 0 ? POST + "Content-Length: 60000\n\n{" : "POST /v1/ev");
        }
        assertThat(known.say(GET + TOKEN + "a\n\n").answer()).startsWith("HTTP/1.1 200 ");
        assertThat(wire().say(GET + TOKEN + "b\n\n").answer()).startsWith("HTTP/1.1 200 ");
        assertThat(wire().say(POST + TOKEN + "b\nContent-Length: 2\n\n[]").answer()).startsWith("HTTP/1.1 200 ");
        assertThat(wire().say("GET /q/health/live HTTP/1.1\nHost: x\n\n").answer()).startsWith("HTTP/1.1 200 ");
        assertThat(ingest.connections()).isEqualTo(1);
    }

    @Test
    void theOldestStrangerGivesWay() throws Exception {
        start(limits -> limits.strangers(4, 3));
        var first = wire();
        await().until(() -> first.say("G") != null);
        for (int i = 0; i < 3; i++) {
            wire();
        }
        assertThat(first.rest()).isEmpty();
        assertThat(wire().say(GET + TOKEN + "a\n\n").answer()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void ofThoseWithATokenTheCallerWithMostOfThemLosesAnIdleOne() throws Exception {
        start(limits -> limits.callers(3));
        var others = wire();
        others.say(GET + TOKEN + "b\n\n").answer();
        var greedy = List.of(wire(), wire(), wire());
        for (var wire : greedy) {
            assertThat(wire.say(GET + TOKEN + "a\n\n").answer()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(greedy.getFirst().rest()).isEmpty();
        assertThat(others.say(GET + TOKEN + "b\n\n").answer()).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /v1/sta", "GET /v1/status HTTP/1.1\nHost: x\nX-Slow: "})
    void aHeadThatDoesNotEndIsNotWaitedFor(String beginning) throws Exception {
        start(limits -> limits.head(SHORT));
        var wire = wire().say(beginning);
        wire.sayUntilClosed("x", 20);
    }

    @Test
    void aConnectionThatIsNotUsedIsClosed() throws Exception {
        start(limits -> limits.idle(SHORT));
        var wire = wire();
        assertThat(wire.say(GET + TOKEN + "a\n\n").answer()).startsWith("HTTP/1.1 200 ");
        assertThat(wire.rest()).isEmpty();
    }

    /// The upload is older than the slow one and waits for its service all that time: it is not its fault.
    @Test
    void aBodyMustMoveWhileItsServiceTakesIt() throws Exception {
        start(limits -> limits.window(Duration.ofSeconds(1), 1024));
        projector.holdBodies();
        var upload = wire().say("PUT /v1/rules/x HTTP/1.1\nHost: x\n" + TOKEN + "a\nContent-Length: 30000000\n\n");
        var sending = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < 3000; i++) {
                    upload.sayExactly("x".repeat(10_000));
                }
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
        });
        var slow = wire().say(POST + TOKEN + "b\nContent-Length: 60000\n\n{");
        assertThat(slow.answer()).startsWith("HTTP/1.1 408 ").contains("\"code\":\"body-timeout\"");
        slow.sayUntilClosed(" ", 20);
        await().until(() -> ingest.open() == 0);

        projector.takeBodies();
        assertThat(upload.answer()).startsWith("HTTP/1.1 200 ").contains("30000000");
        sending.join();
    }

    @Test
    void afterAnAnswerTheServiceIsFreeAndTheRestIsReadForAMomentOnly() throws Exception {
        start(limits -> limits.rest(SHORT));
        ingest.answerAtOnce();
        var wire = wire().say(POST + TOKEN + "a\nContent-Length: 60000\n\n{");
        assertThat(wire.answer()).startsWith("HTTP/1.1 200 ").containsIgnoringCase("connection: close");
        await().until(() -> ingest.open() == 0);
        wire.sayUntilClosed(" ", 20);
    }

    @Test
    void aClientThatDoesNotReadItsAnswerIsNotWaitedFor() throws Exception {
        start(limits -> limits.window(Duration.ofMillis(500), 1024));
        projector.answerWith(50_000_000);
        var wire = wire().say(GET + TOKEN + "a\n\n");
        await().until(() -> projector.connections() == 1);
        await().until(() -> projector.open() == 0);
        assertThat(wire.rest().length()).isLessThan(50_000_000);
    }

    @Test
    void oneCallerHasAPartOfTheWayToAServiceOnly() throws Exception {
        start(limits -> limits.upstream(4, 2, 8));
        projector.holdBodies();
        wire().say(GET + TOKEN + "a\n\n");
        wire().say(GET + TOKEN + "a\n\n");
        await().until(() -> projector.open() == 2);
        assertThat(wire().say(GET + TOKEN + "a\n\n").answer())
                .startsWith("HTTP/1.1 503 ").containsIgnoringCase("retry-after: 1").contains("caller-busy");
        projector.takeBodies();
        assertThat(wire().say(GET + TOKEN + "b\n\n").answer()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whenTheWayToAServiceIsFullItIsSaidAndTheOtherServiceAnswers() throws Exception {
        start(limits -> limits.upstream(1, 3, 1));
        projector.holdBodies();
        wire().say(GET + TOKEN + "a\n\n");
        await().until(() -> projector.open() == 1);
        var waiting = List.of(wire().say(GET + TOKEN + "a\n\n"), wire().say(GET + TOKEN + "b\n\n"));
        await().until(() -> waiting.stream().anyMatch(Wire::isAnswered));
        for (var wire : waiting.stream().filter(Wire::isAnswered).toList()) {
            assertThat(wire.answer()).startsWith("HTTP/1.1 503 ").containsIgnoringCase("retry-after: 1").contains("service-busy");
        }
        assertThat(wire().say(POST + TOKEN + "a\nContent-Length: 2\n\n[]").answer()).startsWith("HTTP/1.1 200 ");
        assertThat(wire().say("GET /q/health/live HTTP/1.1\nHost: x\n\n").answer()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aClientThatAsksBeforeItSendsIsToldToGoOn() throws Exception {
        start(limits -> limits);
        var wire = wire().say(POST + TOKEN + "a\nContent-Length: 2\nExpect: 100-continue\n\n");
        assertThat(wire.answer()).startsWith("HTTP/1.1 100 ");
        assertThat(wire.sayExactly("[]").answer()).startsWith("HTTP/1.1 200 ").endsWith("2");
        assertThat(wire().say(POST + "Content-Length: 2\nExpect: 100-continue\n\n").rest()).startsWith("HTTP/1.1 401 ");
        assertThat(wire().say(POST + TOKEN + "a\nContent-Length: 2\nExpect: cake\n\n").rest())
                .startsWith("HTTP/1.1 417 ").contains("expectation-failed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "400 | POST /v1/events HTTP/1.1~Host: x~Content-Length: 4~Transfer-Encoding: chunked~~0~~",
        "400 | POST /v1/events HTTP/1.1~Host: x~Content-Length: 4~Content-Length: 5~~abcd",
        "400 | POST /v1/events HTTP/1.1~Host: x~Content-Length: +4~~abcd",
        "400 | POST /v1/events HTTP/1.1~Host: x~Content-Length: -1~~",
        "400 | POST /v1/events HTTP/1.1~Host: x~Transfer-Encoding: gzip, chunked~~0~~",
        "400 | POST /v1/events HTTP/1.1~Host: x~Transfer-Encoding: xchunked~~0~~",
        "400 | POST /v1/events HTTP/1.1~Host: x~Transfer-Encoding: chunked~Transfer-Encoding: chunked~~0~~",
        "400 | POST /v1/events HTTP/1.0~Transfer-Encoding: chunked~~0~~",
        "400 | GET http://x/v1/status HTTP/1.1~Host: x~~",
        "400 | OPTIONS * HTTP/1.1~Host: x~~",
        "400 | GET /v1/status HTTP/1.1~~",
        "400 | GET /v1/status HTTP/1.1~Host: x~Host: y~~",
        "400 | GET /v1/status HTTP/1.1~Host : x~~",
        "400 | GET /v1/status HTTP/1.1~Host: x~Authorization: Bearer a~Authorization: Bearer b~~",
        "400 | GET /v1/status~",
        "400 | nonsense~~",
        "400 | GET // HTTP/1.1~Host: x~~",
        "400 | GET /v1/status?%zz HTTP/1.1~Host: x~~",
        "400 | GET /v1/{person} HTTP/1.1~Host: x~~",
        "400 | GET /v1/status#a#b HTTP/1.1~Host: x~~",
        "505 | GET /v1/status HTTP/1.2~Host: x~~",
        "505 | GET /v1/status HTTX/1.1~Host: x~~",
        "505 | GET /v1/status HTTP/2.0~Host: x~~",
        "505 | PRI * HTTP/2.0~~SM~~"})
    void whatTwoReadersCouldTakeForTwoThingsIsRefused(int status, String request) throws Exception {
        start(limits -> limits);
        var lines = request.replace('~', '\n');
        assertThat(wire().say(lines.contains("Bearer") ? lines : lines.replace("Host: x\n", "Host: x\n" + TOKEN + "a\n")).rest())
                .matches("(?s)HTTP/1\\.[01] " + status + " .*").containsIgnoringCase("content-type: application/problem+json")
                .contains("\"status\":" + status);
        assertThat(ingest.connections() + projector.connections()).isZero();
    }

    /// Whatever has come of it before, and however far the service is.
    @ParameterizedTest
    @ValueSource(strings = {"zz\n{}\n", "-2\n{}\n", "ffffffffffffffff\n", "2\n{}x\n", "2;LONG\n{}\n", "2\n{}\nzz\n", "2\n{}\n0\nX: LONG\n\n"})
    void whoSendsABodyThatIsNoBodyIsToldSo(String chunks) throws Exception {
        start(limits -> limits.rest(SHORT));
        var body = chunks.replace("LONG", "x".repeat(20_000));
        var chunked = POST + TOKEN + "a\nTransfer-Encoding: chunked\n\n";
        assertThat(wire().say(chunked + body).rest()).startsWith("HTTP/1.1 400 ").containsIgnoringCase("connection: close").contains("\"code\":\"invalid-request\"");
        var later = wire().say(chunked);
        await().until(() -> ingest.connections() > 0);
        assertThat(later.say(body).rest()).startsWith("HTTP/1.1 400 ").contains("\"code\":\"invalid-request\"");
        assertThat(wire().say(POST + TOKEN + "a\nContent-Length: 2\n\n[]").answer()).as("places with the service are free").startsWith("HTTP/1.1 200 ");
    }

    @Test
    void linesEndInBothCharacters() throws Exception {
        start(limits -> limits);
        assertThat(wire().sayExactly("GET /v1/status HTTP/1.1\nHost: x\n" + TOKEN + "a\n\n").answer()).contains(" 400 ", "invalid-request");
    }

    @Test
    void aHeadHasBounds() throws Exception {
        start(limits -> limits);
        assertThat(wire().say(GET + "X-Long: " + "x".repeat(40_000) + "\n\n").rest())
                .startsWith("HTTP/1.1 431 ").contains("request-too-long");
        assertThat(wire().say("GET /v1/" + "x".repeat(10_000) + " HTTP/1.1\n\n").rest()).contains(" 414 ", "request-too-long");
        assertThat(wire().say(GET + "A: b\n".repeat(1_000) + "\n").rest()).startsWith("HTTP/1.1 431 ").contains("request-too-long");
        assertThat(wire().say(GET + TOKEN + "a\n\n").answer()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void requestsSentAheadAreAnsweredInTheirOrder() throws Exception {
        start(limits -> limits);
        var wire = wire().say(GET + TOKEN + "a\n\n" + POST + TOKEN + "a\nContent-Length: 2\n\n[]" + GET + "\n");
        assertThat(wire.answer()).startsWith("HTTP/1.1 200 ").endsWith("0");
        assertThat(wire.answer()).startsWith("HTTP/1.1 200 ").endsWith("2");
        assertThat(wire.rest()).startsWith("HTTP/1.1 401 ");
    }

    /// Of which the second is never begun, because the answer to the first closes the connection.
    @Test
    void nothingIsDoneOfWhatWasSentAheadOfARefusal() throws Exception {
        start(limits -> limits);
        var answers = wire().say(GET + "\n" + GET + TOKEN + "a\n\n").rest();
        assertThat(answers).startsWith("HTTP/1.1 401 ").doesNotContain("HTTP/1.1 200");
        assertThat(projector.connections()).isZero();
    }

    @Test
    void whoSendsRequestsAndReadsNoAnswersIsCutOff() throws Exception {
        start(limits -> limits);
        var wire = wire();
        wire.sayUntilClosed("GET /q/health/live HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1_000), 1);
    }

    private void start(UnaryOperator<Chosen> choice) throws IOException {
        gateway = Gateway.start("127.0.0.1", 0, Tokens.file(folder, "a", "b"), ingest.as("ingest"), projector.as("projector"),
                choice.apply(Chosen.USUAL).limits());
    }

    private Wire wire() throws IOException {
        var wire = new Wire(gateway.port());
        wires.add(wire);
        return wire;
    }

    /// The usual limits but for those that a test is about; all times but its own are long, so that nothing else can end what it does.
    private record Chosen(Duration head, Duration idle, Duration rest, Duration window, long windowBytes, int strangers, int ofAddress,
            int callers, int connections, int ofCaller, int waiting) {
        static final Chosen USUAL = new Chosen(LONG, LONG, LONG, LONG, Limits.USUAL.windowBytes(), Limits.USUAL.strangers(),
                Limits.USUAL.strangersOfAddress(), Limits.USUAL.callers(), Limits.USUAL.upstream(), Limits.USUAL.requestsOfCaller(),
                Limits.USUAL.waiting());

        Limits limits() {
            return new Limits(head, idle, rest, Limits.USUAL.restBytes(), window, windowBytes, strangers, ofAddress, callers, connections,
                    ofCaller, waiting, LONG, Duration.ofMillis(20));
        }

        Chosen head(Duration shorter) {
            return with(shorter, idle, rest, window, windowBytes);
        }

        Chosen idle(Duration shorter) {
            return with(head, shorter, rest, window, windowBytes);
        }

        Chosen rest(Duration shorter) {
            return with(head, idle, shorter, window, windowBytes);
        }

        Chosen window(Duration shorter, long bytes) {
            return with(head, idle, SHORT, shorter, bytes);
        }

        private Chosen with(Duration head, Duration idle, Duration rest, Duration window, long bytes) {
            return new Chosen(head, idle, rest, window, bytes, strangers, ofAddress, callers, connections, ofCaller, waiting);
        }

        Chosen strangers(int all, int ofAddress) {
            return new Chosen(head, idle, rest, window, windowBytes, all, ofAddress, callers, connections, ofCaller, waiting);
        }

        Chosen callers(int most) {
            return new Chosen(head, idle, rest, window, windowBytes, strangers, ofAddress, most, connections, ofCaller, waiting);
        }

        Chosen upstream(int connections, int ofCaller, int waiting) {
            return new Chosen(head, idle, rest, window, windowBytes, strangers, ofAddress, callers, connections, ofCaller, waiting);
        }
    }
}
