package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.deploy.acceptance.Client.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever readers ask, and however slowly they read, a projector with its usual heap answers others, and tells those whom it refuses.
class ReadersTest {
    private static final int FINDINGS = 100_000;
    private static final int LARGE = Effort.of(400, 2_000);
    private static final String STREAMED = "readers-streamed";
    private static final String ADA = "000000000000000000000000000000ad";
    private static final String BOB = "000000000000000000000000000000b0";

    private static TouchpointLog log;
    private static Projection projection;
    private static ProjectorProcess projector;
    /// One more, whose few places for streams are soon taken, and which has little patience with those who read slowly.
    private static ProjectorProcess streaming;

    @BeforeAll
    static void start() throws Exception {
        log = TouchpointLog.recordedByTheBroker("readers", 1);
        projection = Projection.of(log.topic(), "readers");
        projector = projection.start("projector", Map.of());
        streaming = projection.start("streams", Map.of("THROUGHLINE_PROJECTOR_FINDINGS_TOPIC", STREAMED, "THROUGHLINE_PROJECTOR_STREAMS", "4",
                "THROUGHLINE_PROJECTOR_HEARTBEAT", "200ms", "THROUGHLINE_PROJECTOR_EXCHANGE_WITHIN", "5s", "QUARKUS_HTTP_IDLE_TIMEOUT", "10M"));
        projector.awaitReady();
        streaming.awaitReady();
        // As if they had been projected and told: what it takes to read them is what is tried here.
        projection.database().execute("""
                INSERT INTO throughline.finding (id, person, rule, rule_version, severity, status, verdict, revision, historic, content,
                       activation_at, known_at, changed_at, body)
                SELECT md5(i::text)::uuid, '%s', 'rule-' || i %% 2, 1, 'high', 'open', 'violated', 1, false, md5(i::text)::uuid,
                       timestamptz '2026-01-01T00:00:00Z' + (i / 5) * interval '1 second', now(), now(),
                       '{"parameters":{},"title":"' || repeat('x', 1400) || '"}'
                  FROM generate_series(1, %d) i""".formatted(ADA, FINDINGS));
        touchpoints(ADA, LARGE, 250 * 1024);
        touchpoints(BOB, 50_000, 1_000);
    }

    private static void touchpoints(String person, int number, int size) throws Exception {
        projection.database().execute("""
                INSERT INTO g1.touchpoint (token, event_key, content_hash, occurred_at, recorded_at, log_offset, log_partition, utc_offset,
                       namespace, source, id, type, data)
                SELECT '%s', gen_random_uuid(), gen_random_uuid(), timestamptz '2026-01-01T00:00:00Z' + (i / 100) * interval '1 second',
                       now(), i, 0, 0, 'customer', '/channels/chat', 'id-' || i, 'profile-viewed.v1', '{"x":"' || repeat('x', %d) || '"}'
                  FROM generate_series(1, %d) i""".formatted(person, size, number));
    }

    @AfterAll
    static void end() throws Exception {
        assertThat(projector.alive() && streaming.alive()).as("no projector has died").isTrue();
        projector.close();
        streaming.close();
        log.close();
    }

    @Test
    void allFindingsAndTouchpointsOfAPersonAreReadPageByPage() {
        var findings = new HashSet<String>();
        var touchpoints = new HashSet<String>();
        var parameters = new ArrayList<>(List.of("limit", "500", "", "", "", ""));
        int largest = 0;
        int pages = 0;
        boolean more = true;
        while (more) {
            var given = parameters.stream().filter(word -> !word.isEmpty()).toArray(String[]::new);
            var answer = projector.as("viewer").get("/v1/journeys/" + ADA, given).with(200);
            var page = answer.json();
            largest = Math.max(largest, answer.body().length);
            pages++;
            assertThat(page.path("findingsCount").asInt()).isEqualTo(FINDINGS);
            page.path("findings").forEach(finding -> assertThat(findings.add(finding.path("id").asText())).as("none twice").isTrue());
            page.path("touchpoints").forEach(touchpoint -> touchpoints.add(touchpoint.path("id").asText()));
            more = page.path("findingsNext").isTextual();
            next(parameters, 2, "findingsCursor", page.path("findingsNext"));
            if (page.path("next").isTextual()) {
                next(parameters, 4, "cursor", page.path("next"));
            }
        }
        System.out.printf("ReadersTest: %,d findings in %d pages, the largest answer of %,d bytes%n", findings.size(), pages, largest);
        assertThat(findings).hasSize(FINDINGS);
        assertThat(touchpoints).hasSizeGreaterThan(pages);
        assertThat(largest).isLessThan(3 * 1024 * 1024);
    }

    private static void next(List<String> parameters, int place, String name, JsonNode cursor) {
        parameters.set(place, cursor.isTextual() ? name : "");
        parameters.set(place + 1, cursor.isTextual() ? cursor.textValue() : "");
    }

    @Test
    void aHundredExplanationsAtOnceKeepNobodyFromTheStatusTheRulesAndReading() throws Exception {
        List<Callable<Answer>> greedy = IntStream.range(0, 100).<Callable<Answer>>mapToObj(i -> () -> i % 2 == 0
                ? projector.as("viewer").get("/v1/journeys/" + BOB + "/explain", "rule", "promise-broken")
                : projector.as("viewer").get("/v1/journeys/" + ADA, "asOf", "2026-02-01T00:00:00Z")).toList();
        var others = List.of("/v1/status", "/v1/rules", "/v1/journeys/" + BOB + "?limit=1", "/v1/findings?limit=1",
                "/v1/receipts?source=/x&id=1");
        var answers = whileOthersAsk(greedy, others);
        answers.forEach(answer -> {
            if (answer.status() != 200) {
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.json().path("code").asText()).isIn("busy", "too-long");
                assertThat(answer.retryAfter()).isNotEmpty();
            }
        });
        assertThat(answers).as("some are answered").anyMatch(answer -> answer.status() == 200);
    }

    /// What the greedy are told, while another key gets what it asks for each time.
    private static List<Answer> whileOthersAsk(List<Callable<Answer>> greedy, List<String> others) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = greedy.stream().map(threads::submit).toList();
            int rounds = 0;
            long slowest = 0;
            do {
                for (var path : others) {
                    long begun = System.nanoTime();
                    projector.as("analyst").get(path).with(200);
                    slowest = Math.max(slowest, System.nanoTime() - begun);
                }
                rounds++;
            } while (!asked.stream().allMatch(Future::isDone));
            System.out.printf("ReadersTest: others were answered %d times meanwhile, the slowest after %d ms%n",
                    rounds * others.size(), Duration.ofNanos(slowest).toMillis());
            var answers = new ArrayList<Answer>();
            for (var each : asked) {
                answers.add(each.get());
            }
            return answers;
        }
    }

    @Test
    void callersWhoDoNotReadHoldNoMoreThanTheirShare() throws Exception {
        var sockets = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 200; i++) {
                sockets.add(asked("viewer", "/v1/journeys/" + ADA + "?limit=500"));
            }
            for (int i = 0; i < 20; i++) {
                projector.as("analyst").get("/v1/journeys/" + ADA, "limit", "500").with(200);
                projector.as("analyst").get("/v1/status").with(200);
            }
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
        // Once they are gone, their share is free again.
        await().atMost(Duration.ofSeconds(20)).until(() -> projector.as("viewer").get("/v1/journeys/" + BOB, "limit", "1").status() == 200);
    }

    private static Socket asked(String role, String target) throws IOException {
        var client = projector.as(role);
        var socket = new Socket();
        socket.setReceiveBufferSize(4 * 1024);
        socket.connect(new InetSocketAddress(client.base().getHost(), client.base().getPort()));
        var request = "GET " + target + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + client.token() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(UTF_8));
        return socket;
    }

    /// Of four places one key has at most two.
    @Test
    void streamsAreFollowedByAsManyAsMayAndWhoLeavesMakesRoom() throws Exception {
        var quiet = "?severity=critical";
        try (var first = following("viewer", null, quiet); var second = following("viewer", null, quiet); var third = stream("viewer", null, quiet);
                var _ = following("analyst", null, quiet); var _ = following("analyst", null, quiet); var sixth = stream("lead", null, quiet)) {
            for (var refused : Map.of(third, "Your key", sixth, "others").entrySet()) {
                var answer = refused.getKey().refusal().with(503);
                assertThat(answer.json().path("code").asText()).isEqualTo("busy");
                assertThat(answer.json().path("detail").asText()).contains(refused.getValue());
                assertThat(answer.retryAfter()).isNotEmpty();
            }
            first.close();
            following("lead", null, "").close();
            // Not in the middle of a finding, nor between two: that it is alive is said to each whom nothing concerns.
            assertThat(second.next()).isInstanceOf(FindingReader.Alive.class);
            var place = second.last();
            publish("low", "unasked", 3, 100);
            await().until(() -> second.next() instanceof FindingReader.Alive && !place.equals(second.last()));
        }
    }

    private static FindingReader stream(String role, @Nullable String last, String query) throws IOException {
        return FindingReader.open(streaming.as(role), last, query);
    }

    /// As soon as there is a place.
    private static FindingReader following(String role, @Nullable String last, String query) {
        return await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            var reader = stream(role, last, query);
            if (reader.status() != 200) {
                reader.close();
                return null;
            }
            return reader;
        }, Objects::nonNull);
    }

    /// Who does not read is given what the connection takes and no more, and its place after a while.
    @Test
    void whoDoesNotReadAStreamIsCutOff() throws Exception {
        int findings = 2_000;
        publish("high", "large", findings, 8 * 1024);
        try (var slow = following("viewer", "0:0", ""); var _ = following("viewer", "0:0", ""); var reader = following("analyst", "0:0", "?severity=high")) {
            for (int i = 0; i < findings; i++) {
                assertThat(reader.nextFinding()).isEqualTo("large-" + i);
            }
            following("viewer", null, "").close();
            assertThatThrownBy(() -> {
                while (true) {
                    slow.next();
                }
            }).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whoComesBackToAStreamAfterARestartMissesNothingAndGetsNothingTwice() throws Exception {
        int each = 500;
        var seen = new ArrayList<String>();
        String last;
        try (var reader = following("viewer", null, "?severity=medium")) {
            reader.next();
            publish("medium", "before", each, 1_000);
            for (int i = 0; i < each / 2; i++) {
                seen.add(reader.nextFinding());
            }
            last = reader.last();
            streaming.kill();
        }
        publish("medium", "between", each, 1_000);
        streaming.again().awaitReady();
        try (var reader = following("viewer", last, "?severity=medium")) {
            publish("medium", "after", each, 1_000);
            while (seen.size() < 3 * each) {
                seen.add(reader.nextFinding());
            }
            assertThat(reader.next()).as("what comes then").isInstanceOf(FindingReader.Alive.class);
        }
        assertThat(seen).containsExactlyElementsOf(Stream.of("before", "between", "after")
                .flatMap(name -> IntStream.range(0, each).mapToObj(i -> name + "-" + i)).toList());
    }

    /// Otherwise the next request on the same connection would wait behind it without end.
    @Test
    @Timeout(120)
    void theHeadOfAStreamIsAllThatHeadAsksFor() throws IOException {
        long errors = errors();
        for (int i = 0; i < 20; i++) {
            assertThat(raw("HEAD /v1/findings HTTP/1.1\r\nAccept: text/csv\r\n").text()).startsWith("HTTP/1.1 200 ").containsIgnoringCase("text/csv");
            assertThat(raw("HEAD /v1/findings/stream HTTP/1.1\r\n").text()).startsWith("HTTP/1.1 200 ").containsIgnoringCase("text/event-stream");
        }
        assertThat(errors()).as("failures in the log").isEqualTo(errors);
    }

    @Test
    @Timeout(120)
    void aStreamEndsWithTheKeyOfItsReader() throws Exception {
        try (var reader = following("agent", null, "?severity=critical")) {
            reader.next();
            streaming.withdraw("agent");
            assertThatThrownBy(() -> {
                while (true) {
                    reader.next();
                }
            }).isInstanceOf(IOException.class);
        }
        stream("agent", null, "").refusal().with(401);
    }

    /// As the projector would.
    private static void publish(String severity, String name, int number, int size) {
        try (var producer = new KafkaProducer<>(Servers.shared().broker().client(Map.of("acks", "all")), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < number; i++) {
                var id = name + "-" + i;
                producer.send(new ProducerRecord<>(STREAMED, 0, id, """
                        {"id":"%s","rule":"rule-0","ruleVersion":1,"severity":"%s","status":"open","parameters":{},"title":"%s"}"""
                        .formatted(id, severity, "x".repeat(size))));
            }
        }
    }

    @Test
    void rubbishIsRefusedByNameOnEveryRoute() {
        var values = List.of("%00", "a%00b", "%FF", "%C0%80", "%ED%A0%80", "%", "%zz", "", "x".repeat(3_000), "99999999999999999999", "-1",
                "1e400", "%0A", "%C2%85", "MQAx", "WyIyMDI2LTAzLTAyVDEyOjAwOjAwWiIsIi9hIixudWxsLCJcdTAwMDAiXQ", "%2B294277-01-01T00:00:00Z",
                "-999999999-01-01T00:00:00Z", "touchpoints-0:99999999999999999999", "%E2%80%AE", "';%20DROP%20TABLE%20touchpoint;%20--", "*", "[]",
                "%7B%7D");
        var routes = Map.of(
                "/v1/journeys/" + BOB, List.of("asOf", "from", "to", "channel", "type", "cursor", "findingsCursor", "limit", "nothing"),
                "/v1/journeys", List.of("identity", "finding", "rule", "status", "severity", "stage", "channel", "type", "source", "from", "to", "cursor", "limit"),
                "/v1/journeys/" + BOB + "/explain?rule=promise-broken&", List.of("rule", "asOf", "cursor", "limit"),
                "/v1/journeys/" + BOB + "/digest", List.of("x"),
                "/v1/findings", List.of("rule", "status", "severity", "stage", "person", "since", "from", "to", "sort", "cursor", "limit"),
                "/v1/receipts?source=/x&id=1&", List.of("position", "source", "id"),
                "/v1/source-health", List.of("cursor", "limit"),
                "/v1/rules", List.of("cursor", "limit"),
                "/v1/rules/promise-broken/versions", List.of("cursor", "limit"),
                "/v1/rules/promise-broken", List.of("version"));
        int asked = 0;
        for (var route : routes.entrySet()) {
            var path = route.getKey() + (route.getKey().contains("?") ? "" : "?");
            for (var parameter : route.getValue()) {
                for (var value : values) {
                    asked += check(path + parameter + "=" + value, parameter);
                    asked += check(path + parameter + "=1&" + parameter + "=" + value, parameter);
                }
            }
        }
        for (var value : values.stream().filter(value -> !value.isEmpty()).toList()) { // an empty segment is another route
            for (var path : List.of("/v1/journeys/" + value, "/v1/findings/" + value, "/v1/rules/" + value, "/v1/rules/" + value + "/versions",
                    "/v1/backtests/" + value, "/v1/" + value, "/" + value)) {
                asked += check(path, "\"detail\":"); // a path has no parameter that could be named
            }
        }
        System.out.printf("ReadersTest: %,d requests with rubbish%n", asked);
    }

    /// A refusal says which parameters there are: those that the document names.
    @Test
    void everyRouteTakesTheParametersThatTheDocumentNames() {
        int routes = 0;
        for (var path : projector.openApi().path("paths").properties()) {
            var target = path.getKey().replace("{person}", BOB).replaceAll("\\{\\w+}", "x");
            if (path.getValue().has("get")) {
                routes++;
                var documented = new ArrayList<String>();
                path.getValue().at("/get/parameters").forEach(parameter -> {
                    if (parameter.path("in").asText().equals("query")) {
                        documented.add(parameter.path("name").asText());
                    }
                });
                var answer = raw("GET " + target + "?colour=red HTTP/1.1\r\n");
                assertThat(answer.status()).as(target).isEqualTo(400);
                var taken = answer.text().replaceAll("(?s).*There is no parameter colour here; (there are: |there is none)(.*?)\\..*", "$2");
                assertThat(taken.isEmpty() ? List.of() : List.of(taken.split(", "))).as(target + ": " + answer.text()).hasSameElementsAs(documented);
                for (var name : documented) {
                    assertThat(raw("GET " + target + "?" + name + " HTTP/1.1\r\n").text()).as(target).contains(name + " has no value");
                }
            }
        }
        assertThat(routes).isGreaterThan(10);
        assertThat(raw("POST /v1/rules/validate?colour=red HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 0\r\n").text())
                .contains("There is no parameter colour here; there is none.");
    }

    @Test
    void listsAreTakenAndUnknownRulesAreNamed() {
        assertThat(findings("rule", "rule-0", "rule", "rule-1", "status", "open,resolved", "limit", "20")).isEqualTo(20);
        assertThat(findings("rule", "rule-0,rule-1", "status", "resolved,withdrawn")).isZero();
        assertThat(raw("GET /v1/findings?rule=rule-0,promise-brokn HTTP/1.1\r\n").text()).contains("rule names no rule that there is (did you mean")
                .contains("promise-broken");
        assertThat(raw("GET /v1/journeys/" + BOB + "/explain?rule=promise-brokn HTTP/1.1\r\n").text()).startsWith("HTTP/1.1 400 ").contains("promise-broken");
        var journey = raw("GET /v1/journeys/" + BOB + "?type=profile-viewed.v1&type=search-performed.v1&limit=3 HTTP/1.1\r\n");
        assertThat(journey.status()).as(journey.text()).isEqualTo(200);
        assertThat(journey.text()).contains("profile-viewed.v1");
    }

    private static int findings(String... parameters) {
        return projector.as("viewer").get("/v1/findings", parameters).with(200).json().path("items").size();
    }

    private static int check(String target, String name) {
        var answer = raw("GET " + target + " HTTP/1.1\r\n");
        // What is a sound identity all the same goes to ingest, which is not there.
        assertThat(answer.status() < 500 || answer.text().contains("The ingest service turns identities into tokens"))
                .as(target + ": " + answer.text()).isTrue();
        // What is no URI at all the server refuses without a word.
        if (answer.status() == 400 && !answer.text().contains("content-length: 0")) {
            assertThat(answer.text()).as(target).satisfiesAnyOf(text -> assertThat(text).containsIgnoringCase(name),
                    text -> assertThat(text).contains("of such a name"));
        }
        return 1;
    }

    /// As it stands: no client of ours would send it.
    private static Answer raw(String line) {
        return raw(line, "");
    }

    private static Answer raw(String line, String body) {
        var client = projector.as("viewer");
        try (var socket = new Socket(client.base().getHost(), client.base().getPort())) {
            var request = line + "Host: x\r\nConnection: close\r\nAuthorization: Bearer " + client.token() + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(UTF_8));
            var text = new String(socket.getInputStream().readAllBytes(), UTF_8);
            return new Answer(text.isEmpty() ? 0 : Integer.parseInt(text.substring(9, 12)), "", "", text.getBytes(UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void bodiesAndHeadersOfRubbishAreRefused() {
        for (var body : List.of("", "[]", "null", "\"\"", "{", "{\"identity\":5}", "{\"identity\":null}", "{\"identity\":\"customer:\\u0000\"}",
                "{\"identity\":\"customer:\\ud800\"}", "{\"identity\":\"" + "x".repeat(5_000) + "\"}", "[".repeat(60_000), "{\"identity\":{}}",
                "{\"x\":1}", "{\"identity\":\"a\",\"identity\":\"b\"}", "1e999999999", "\u0000")) {
            assertThat(posted("viewer", "/v1/persons/lookup", body)).as(body).isEqualTo(400);
            assertThat(posted("analyst", "/v1/rules/x/activate", body)).as(body).isBetween(400, 499);
            assertThat(posted("analyst", "/v1/rules/promise-broken/backtests", body)).as(body).isBetween(200, 499);
        }
        for (var header : List.of("Accept: ///", "Accept: */*;q=x", "Accept: " + "a/b,".repeat(2_000), "Content-Type: ///", "Content-Length: x",
                "If-Match: \u0001", "Accept-Language: ?", "Authorization: Bearer", "Authorization: Basic ///", "Transfer-Encoding: x", "Expect: y",
                "Content-Type: application/json\r\nContent-Type: ", "Content-Type: \r\nContent-Type: application/json",
                "Host: ///")) {
            assertThat(raw("GET /v1/rules HTTP/1.1\r\n" + header + "\r\n").status()).as(header).isLessThan(500);
            assertThat(raw("POST /v1/rules/validate HTTP/1.1\r\n" + header + "\r\n").status()).as(header).isLessThan(500);
        }
        for (var line : List.of("ADA@EXAMPLE.ORG /v1/rules HTTP/1.1\r\n", "GET http://example.org/v1/rules HTTP/1.1\r\n", "GET * HTTP/1.1\r\n",
                "GET v1 HTTP/1.1\r\n", "PATCH /v1/rules HTTP/1.1\r\n", "CONNECT x:1 HTTP/1.1\r\n", "GET  HTTP/1.1\r\n", "TRACE / HTTP/1.1\r\n")) {
            assertThat(raw(line).status()).as(line).isIn(200, 400, 401, 404, 405);
        }
        for (var line : List.of("GET v1/rules HTTP/1.1\r\n", "GET ?limit=1 HTTP/1.1\r\n", "GET /v1/rul%25es/a;b HTTP/1.1\r\n",
                "GET /v1/rules HTTP/1.1\r\nHost: x:y:z\r\n")) {
            assertThat(raw(line).text()).as(line).startsWith("HTTP/1.1 400 ").contains("invalid-parameter");
        }
    }

    /// The length of a chunked body is not known before its end.
    @Test
    void aBodyInChunksIsReadUpToTheLimitAndRefusedInWordsBeyondIt() {
        for (var path : List.of("/v1/rules/validate", "/v1/persons/lookup", "/v1/findings/" + "0".repeat(32) + "/dismiss")) {
            for (int i = 0; i < 5; i++) {
                var refused = inChunks(path, 100 * 1024).with(413);
                assertThat(refused.contentType()).as(path).isEqualTo("application/problem+json");
                assertThat(refused.json().path("code").asText()).isEqualTo("body-too-large");
            }
            assertThat(inChunks(path, 60 * 1024).with(400).contentType()).as(path).isEqualTo("application/problem+json");
            assertThat(ofNoChunk(path).with(400).contentType()).as(path).isEqualTo("application/problem+json");
        }
        ofNoChunk("/v1/status/set-aside/retry").with(200);
    }

    /// Whatever the platform would make of it: a form, which it takes of few methods, or an expectation that it does not know.
    @Test
    void aBodyInChunksIsReadAsItStands() throws IOException {
        long errors = errors();
        for (var type : List.of("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json")) {
            for (var expect : List.of("", "Expect: 100-continue\r\n", "Expect: x\r\n")) {
                var head = " HTTP/1.1\r\nContent-Type: " + type + "\r\n" + expect + "Transfer-Encoding: chunked\r\n";
                for (var body : List.of("0\r\n\r\n", "3\r\na=b\r\n0\r\n\r\n", "9\r\n--x\r\n\r\nab\r\n0\r\n\r\n")) {
                    assertThat(last(raw("GET /v1/rules" + head, body))).as(head + body).startsWith("HTTP/1.1 200 ");
                    assertThat(last(raw("POST /v1/persons/lookup" + head, body))).as(head + body).matches("(?s)HTTP/1.1 4(00|15) .*")
                            .containsIgnoringCase("content-type: application/problem+json");
                }
                // What is no chunk is owed no answer.
                assertThat(last(raw("POST /v1/persons/lookup" + head, "zz\r\n"))).matches("(?s)|HTTP/1.1 400 .*\"code\".*");
            }
        }
        assertThat(errors()).as("failures in the log").isEqualTo(errors);
    }

    private static long errors() throws IOException {
        return projector.log().lines().filter(line -> line.contains(" ERROR ")).count();
    }

    private static String last(Answer answer) {
        return answer.text().replaceFirst("(?s)^HTTP/1.1 100 .*?\r\n\r\n", "");
    }

    private static Answer inChunks(String path, int bytes) {
        return inChunks(path, ("[" + " ".repeat(bytes)).getBytes(UTF_8));
    }

    private static Answer ofNoChunk(String path) {
        return inChunks(path, new byte[0]);
    }

    private static Answer inChunks(String path, byte[] body) {
        return projector.as("admin").send(path, request -> request.header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }

    private static int posted(String role, String path, String body) {
        return projector.as(role).post(path, "application/json", body.getBytes(UTF_8)).status();
    }

    @Test
    void labelsOfMetricsAreTemplatesWhateverIsRefused() throws IOException {
        var large = new byte[100_000];
        for (int i = 0; i < 30; i++) {
            var ada = "customer:ada" + i + "@example.org";
            projector.as("viewer").post("/v1/journeys/" + ada, "application/json", large).with(413);
            projector.as("viewer").post("/v1/journeys/" + ada, "application/json", "{}".getBytes(UTF_8)).with(405);
            projector.as("viewer").get("/v1/" + ada).with(404);
            projector.as("viewer").get("/v1/journeys/" + ada).with(400);
            projector.as("viewer").get("/v1/journeys/" + ada + "/nothing").with(404);
            projector.as("analyst").post("/v1/rules/" + ada + "/activate", "text/x", "x".getBytes(UTF_8)).with(415);
            new Client(projector.as("viewer").base(), null).get("/v1/journeys/" + ada).with(401);
            new Client(projector.as("viewer").base(), "wrong").get("/" + ada).with(404);
            raw("ADA" + i + " /v1/journeys/" + ada + " HTTP/1.1\r\n");
            raw("GET /v1/journeys/" + ada + "%00 HTTP/1.1\r\n");
            raw("GET /v1/journeys/" + ada + " HTTP/1.1\r\nHost: ///\r\n");
            raw("OPTIONS /v1/journeys/" + ada + " HTTP/1.1\r\nOrigin: http://" + ada + "\r\n");
            raw("GET http://" + ada + "/v1/" + ada + " HTTP/1.1\r\n");
        }
        var metrics = projector.metrics();
        assertThat(metrics).doesNotContainPattern("(?i)ada\\d|example").contains("uri=\"/v1/journeys/{person}\"");
        var uris = metrics.lines().filter(line -> line.startsWith("http_server_requests_seconds_count"))
                .map(line -> line.replaceAll(".*uri=\"([^\"]*)\".*", "$1")).collect(Collectors.toSet());
        System.out.println("ReadersTest: labels " + uris);
        var others = Set.of("OTHER", "NOT_FOUND", "root", "REDIRECTION", "UNKNOWN");
        assertThat(uris).allMatch(uri -> uri.startsWith("/v1/") || others.contains(uri));
        assertThat(projector.log()).as("the projector's log").doesNotContainPattern("(?i)ada\\d|example");
    }
}
