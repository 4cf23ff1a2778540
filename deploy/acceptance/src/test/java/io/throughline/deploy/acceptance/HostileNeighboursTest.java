package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.deploy.acceptance.Client.Answer;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Nothing that one sender, rule author, reader, or writer on the log does stops the others: fault 21. Each attack runs on real processes with default
/// heaps while neighbours live on, see [HostileAttack]. `docs/hostile-neighbours.md` has the table.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ResourceLock("hostile-stack")
class HostileNeighboursTest {
    private static final int LARGE = 250 * 1024;
    private static final Random RANDOM = Seed.random(HostileNeighboursTest.class);
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @RegisterExtension
    static final FaultTable TABLE = new FaultTable();

    private static FaultTable.Fault fault;

    @BeforeAll
    static void quiet() throws IOException {
        fault = FaultTable.fault(21, "hostile neighbours");
        HostileAttack.none(HostileStack.sound());
    }

    @AfterAll
    static void print() {
        HostileAttack.print();
        if (HostileAttack.allHeld()) {
            fault.held(new LogAudit.Account(0, HostileAttack.acceptedOfAll(), 0, 0, 0, 0));
        }
    }

    // a: evidence

    @Test
    @Order(10)
    void quotesThatContradictEachOther() throws Exception {
        HostileAttack.run("a  quotes that contradict each other", attack -> {
            int count = 1_500;
            var quotes = HostileEvents.events(count, i -> quote("hostile-a", i));
            attack.load("%,d quotes of one product within a week, 3 requests", count);
            for (int i = 0; i < 3; i++) {
                attack.post(attack.stack().source("/systems/sales"), quotes.subList(i * count / 3, (i + 1) * count / 3));
            }
        });
    }

    private static ObjectNode quote(String customer, int i) {
        var event = Events.event("/systems/sales", customer + "-" + i, "quote-given.v1", "customer:" + customer, NOW.minus(Duration.ofDays(6)).plusSeconds(300L * i));
        var data = event.putObject("data").put("leadId", "l-1").put("product", "fibre-100").put("channel", "channel-" + i);
        data.putObject("amount").put("amount", "30." + (10_000 + i)).put("currency", "GBP");
        return event;
    }

    // b: size

    @Test
    @Order(20)
    void largeEventsAtDifferentTimes() throws Exception {
        HostileAttack.run("b1 large events, different times", attack -> {
            int count = Effort.of(300, 1_000);
            attack.load("%,d events of 250 KiB of one customer", count);
            attack.post(attack.stack().source("/channels/web"), HostileEvents.events(count, i ->
                    large("page-viewed.v1", "hostile-b1", i, NOW.minusSeconds(86_400 - 60L * i % 86_000), HostileEvents.letters(RANDOM, LARGE))));
        });
    }

    @Test
    @Order(21)
    void largeEventsAtOneInstant() throws Exception {
        HostileAttack.run("b2 large events, one instant", attack -> {
            int count = Effort.of(400, 600);
            attack.load("%,d events of 250 KiB of one customer at one instant", count);
            attack.post(attack.stack().source("/channels/web"), HostileEvents.events(count, i ->
                    large("page-viewed.v1", "hostile-b2", i, NOW.minusSeconds(3_600), HostileEvents.letters(RANDOM, LARGE))));
        });
    }

    @Test
    @Order(22)
    void largeEventsThatPackWell() throws Exception {
        HostileAttack.run("b3 large events of one letter", attack -> {
            int count = Effort.of(600, 2_000);
            attack.load("%,d events of 250 KiB of one letter, packed to nothing", count);
            attack.post(attack.stack().source("/channels/web"), HostileEvents.events(count, i ->
                    large("page-viewed.v1", "hostile-b3", i, NOW.minusSeconds(86_400 - i), "a".repeat(LARGE))));
        });
    }

    /// A contradiction is looked for among all statements of a month: whoever keeps their values keeps all of this.
    @Test
    @Order(23)
    void largeValuesThatRulesRemember() throws Exception {
        HostileAttack.run("b4 large values that rules remember", attack -> {
            int count = Effort.of(300, 1_000);
            attack.load("%,d statements and addresses of 120 KiB twice", count);
            var half = Effort.of(300, 1_000) / 2;
            attack.post(attack.stack().source("/systems/crm"), HostileEvents.events(count, i -> {
                var text = HostileEvents.letters(RANDOM, LARGE / 2 - 1_024);
                var event = large("statement-made.v1", "hostile-b4", i, NOW.minusSeconds(86_400 - 60L * i % 86_000), "");
                if (i < half) {
                    event.putObject("data").put("topic", "terms").put("value", text).put("caseId", text);
                } else {
                    event.put("type", "address-changed.v1");
                    var address = event.putObject("data").put("addressId", "home").put("kind", "postal").put("version", i).putObject("address");
                    address.putArray("lines").add(text).add(text);
                }
                return event;
            }));
        });
    }

    private static ObjectNode large(String type, String customer, int i, Instant time, String text) {
        var source = type.equals("statement-made.v1") ? "/systems/crm" : "/channels/web";
        var event = Events.event(source, customer + "-" + i, type, "customer:" + customer, time);
        event.putObject("data").put("url", "https://example.org/").put("title", text);
        return event;
    }

    // c: readers

    @Test
    @Order(30)
    void greedyReaders() throws Exception {
        HostileAttack.run("c  greedy readers", attack -> {
            int dispatches = Effort.of(2_500, 25_000);
            var customer = "hostile-c";
            attack.post(attack.stack().as("operator"), journeyWithFindings(customer, dispatches));
            var viewer = attack.stack().as("viewer");
            await().atMost(Duration.ofSeconds(Effort.of(60, 600))).ignoreExceptionsMatching(Stack::isOutage)
                    .until(() -> attack.stack().status().path("waiting").asLong() < 10 && !viewer.get("/v1/journeys", "identity", "customer:" + customer,
                            "limit", "1").with(200).json().path("findings").isEmpty());
            var person = viewer.post("/v1/persons/lookup", "application/json", "{\"identity\":\"customer:%s\"}".formatted(customer).getBytes(UTF_8))
                    .with(200).json().path("person").asText();
            int explains = 100;
            attack.load("%,d events, %,d dispatches to old addresses; 15 reads, %d explains at once", 2 * dispatches, dispatches, explains);
            var calls = new ArrayList<Supplier<Answer>>();
            for (int i = 0; i < 5; i++) {
                for (var limit : List.of("1", "500")) {
                    calls.add(() -> viewer.get("/v1/journeys", "identity", "customer:" + customer, "limit", limit));
                }
                calls.add(() -> viewer.get("/v1/journeys/" + person, "asOf", NOW.minusSeconds(60).toString(), "limit", "1"));
            }
            for (int i = 0; i < explains; i++) {
                var rule = List.of("stale-address-on-dispatch", "undelivered", "inconsistent-quote", "password-reset-spiral").get(i % 4);
                calls.add(() -> viewer.get("/v1/journeys/" + person + "/explain", "rule", rule, "limit", "500"));
            }
            var answers = attack.tellAll(calls);
            assertThat(answers).as("each is answered, if only by a refusal").noneMatch(answer -> answer.status() == 0 || answer.status() == 500);
            everyFindingOnce(viewer, person, dispatches);
        });
    }

    /// So many dispatches to an address that had been changed long before, and page views between them.
    private static List<ObjectNode> journeyWithFindings(String customer, int dispatches) {
        var begun = NOW.minus(Duration.ofDays(9));
        var step = Duration.ofDays(8).dividedBy(dispatches);
        var events = new ArrayList<ObjectNode>();
        for (int i = 0; i < 2; i++) {
            var event = Events.event("/systems/crm", customer + "-address-" + i, "address-changed.v1", "customer:" + customer, begun.minus(Duration.ofDays(30 - 10 * i)));
            event.putObject("data").put("addressId", "home").put("kind", "postal").put("version", i).putObject("address").putArray("lines").add("line " + i);
            events.add(event);
        }
        for (int i = 0; i < dispatches; i++) {
            var time = begun.plus(step.multipliedBy(i));
            var dispatch = Events.event("/systems/card-dispatch", customer + "-" + i, "card-dispatched.v1", "customer:" + customer, time);
            dispatch.putObject("data").put("cardId", "c-" + i).putObject("address").putArray("lines").add("line 0");
            events.add(dispatch);
            var view = Events.event("/channels/web", customer + "-" + i, "page-viewed.v1", "customer:" + customer, time);
            view.putObject("data").put("url", "https://example.org/" + i);
            events.add(view);
        }
        return events;
    }

    /// The list of findings, read page by page to its end, has each finding of the person once.
    private static void everyFindingOnce(Client viewer, String person, int due) {
        var ids = new ArrayList<String>();
        int largest = 0;
        String cursor = null;
        do {
            var page = cursor == null ? viewer.get("/v1/findings", "person", person, "rule", "stale-address-on-dispatch", "limit", "500")
                    : viewer.get("/v1/findings", "person", person, "rule", "stale-address-on-dispatch", "limit", "500", "cursor", cursor);
            largest = Math.max(largest, page.with(200).body().length);
            page.json().path("items").forEach(item -> ids.add(item.path("id").asText()));
            cursor = page.json().path("next").asText(null);
        } while (cursor != null);
        System.out.printf("Greedy readers: %,d findings page by page, the largest page %,d bytes%n", ids.size(), largest);
        assertThat(ids).as("findings of the person, page by page").doesNotHaveDuplicates().hasSize(due);
    }

    // d: findings that are large

    @Test
    @Order(40)
    void findingsWithLongReferences() throws Exception {
        HostileAttack.run("d  findings with long references", attack -> {
            int count = 1_400;
            attack.load("%,d failures within the hour, ids of 256 characters in 768 bytes", count);
            var source = "/" + "s".repeat(255);
            attack.post(attack.stack().as("operator"), HostileEvents.events(count, i -> Events.event(source, "語".repeat(250) + "%06d".formatted(i),
                    "password-reset-failed.v1", "customer:hostile-d", NOW.minusSeconds(3_000).plusSeconds(i))));
            attack.post(attack.stack().as("operator"), HostileEvents.events(Effort.of(300, 1_400), i -> {
                var quote = quote("hostile-d2", i);
                return quote.put("source", source).put("id", "𝒳".repeat(125) + "%06d".formatted(i));
            }));
        });
    }

    // e: costly questions

    @Test
    @Order(50)
    void costlyExpressionsToValidate() throws Exception {
        HostileAttack.run("e  costly expressions, validated", attack -> {
            var viewer = attack.stack().as("viewer");
            var calls = new ArrayList<Supplier<Answer>>();
            HostileRules.costly().forEach((what, where) -> {
                var body = HostileRules.withExample("hostile-e", where).toString().getBytes(UTF_8);
                assertThat(body.length).as(what).isLessThan(64 * 1024);
                int times = what.equals("a regular expression in a loop") ? 20 : Effort.of(2, 10);
                IntStream.range(0, times).forEach(_ -> calls.add(() -> viewer.post("/v1/rules/validate", "application/json", body)));
            });
            attack.load("%d calls of a viewer at once, %d kinds of expressions over a text of 30,000", calls.size(), HostileRules.costly().size());
            var answers = attack.tellAll(calls);
            assertThat(answers).as("each is answered, if only by a refusal").noneMatch(answer -> answer.status() == 0 || answer.status() == 500);
        });
    }

    // f: costly rules

    @Test
    @Order(60)
    void costlyRulesInForce() throws Exception {
        HostileAttack.run("f  costly rules in force", attack -> {
            var analyst = attack.stack().as("analyst");
            var ids = new LinkedHashMap<String, String>();
            HostileRules.costly().forEach((what, where) -> {
                var id = "hostile-f-" + ids.size();
                ids.put(id, what);
                attack.tell(() -> analyst.send("/v1/rules/" + id, request -> request.header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(HostileRules.rule(id, where).toString()))));
            });
            int count = Effort.of(600, 2_000);
            attack.load("%d rules handed in; %,d events of 2 KB of one customer", ids.size(), count);
            attack.post(attack.stack().source("/channels/app"), HostileEvents.events(count, i -> {
                var event = Events.event("/channels/app", "hostile-f-" + i, "hostile-costly.v1", "customer:hostile-f", NOW.minusSeconds(86_000 - i));
                event.set("data", HostileRules.data(700, 20));
                return event;
            }));
            attack.awaitServed();
            for (var id : ids.keySet()) {
                var answer = attack.tell(() -> analyst.send("/v1/rules/" + id, request -> request.DELETE()));
                assertThat(answer.status()).as("a costly rule is taken away").isIn(200, 204, 404);
            }
        });
    }

    // g: sockets

    @Test
    @Order(70)
    void socketsWithoutTokenThatPostSlowly() throws Exception {
        sockets("g1 sockets without a token, slow bodies", Effort.of(520, 2_000), "127.0.0.1",
                Map.of("POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/cloudevents+json\r\nContent-Length: 60000\r\n\r\n{", " "));
    }

    @Test
    @Order(71)
    void socketsWithoutTokenElsewhere() throws Exception {
        var kinds = new LinkedHashMap<String, String>();
        var length = "Host: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{";
        kinds.put("POST /v1/journeys HTTP/1.1\r\n" + length, " ");
        kinds.put("POST /v1/rules/validate HTTP/1.1\r\n" + length, " ");
        kinds.put("POST /v1/imports HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", "1\r\n \r\n");
        kinds.put("PUT /v1/sources/x HTTP/1.1\r\nAuthorization: Bearer wrong\r\n" + length, " ");
        kinds.put("POST /nowhere HTTP/1.1\r\n" + length, " ");
        kinds.put("POST /v1/persons/lookup HTTP/1.1\r\nExpect: 100-continue\r\n" + length.substring(0, length.length() - 1), "");
        kinds.put("GET /v1/status HTTP/1.1\r\nHost: x\r\nX-Slow: ", "a");
        kinds.put("", "");
        sockets("g2 sockets without a token, elsewhere", Effort.of(130, 500), "127.0.0.1", kinds);
    }

    /// From another address: what a client with a token takes up is its own.
    @Test
    @Order(72)
    void socketsWithATokenThatDoNotRead() throws Exception {
        var stack = HostileStack.sound().stack();
        var viewer = "Authorization: Bearer " + stack.as("viewer").token() + "\r\nHost: x\r\n";
        var kinds = new LinkedHashMap<String, String>();
        kinds.put(("GET /v1/findings?limit=500 HTTP/1.1\r\n" + viewer + "\r\n").repeat(20), "GET /v1/findings?limit=500 HTTP/1.1\r\n" + viewer + "\r\n");
        kinds.put(("GET /v1/rules HTTP/1.1\r\n" + viewer + "\r\n").repeat(50), "");
        sockets("g3 sockets with a token that read slowly", Effort.of(60, 300), "127.0.0.2", kinds);
    }

    @Test
    @Order(73)
    void socketsWithATokenThatPostSlowly() throws Exception {
        var stack = HostileStack.sound().stack();
        var length = "Host: x\r\nContent-Type: application/cloudevents+json\r\nContent-Length: 60000\r\n\r\n{";
        var kinds = new LinkedHashMap<String, String>();
        kinds.put("POST /v1/events HTTP/1.1\r\nAuthorization: Bearer " + stack.source("/channels/shop").token() + "\r\n" + length, " ");
        kinds.put("POST /v1/rules/validate HTTP/1.1\r\nAuthorization: Bearer " + stack.as("agent").token() + "\r\n" + length, " ");
        sockets("g4 sockets with a token that post slowly", Effort.of(300, 1_000), "127.0.0.3", kinds);
    }

    /// Holds them until enough neighbours were served beside them.
    ///
    /// @param kinds what each says first, and from time to time
    private static void sockets(String name, int each, String from, Map<String, String> kinds) throws Exception {
        HostileAttack.run(name, attack -> {
            attack.load("%,d sockets, %d kinds", each * kinds.size(), kinds.size());
            var open = new LinkedHashMap<HostileSockets, String>();
            try {
                for (var kind : kinds.entrySet()) {
                    open.put(HostileSockets.open(each, from, attack.stack().port(), kind.getKey()), kind.getValue());
                }
                int before = attack.neighbours().served();
                var end = Instant.now().plus(Duration.ofSeconds(Effort.of(4, 60)));
                while (Instant.now().isBefore(end) || !attack.neighbours().served(before)) {
                    LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
                    open.forEach(HostileSockets::say);
                }
                open.keySet().forEach(sockets -> sockets.tell(attack));
            } finally {
                open.keySet().forEach(HostileSockets::close);
            }
        });
    }

    // h: other writers

    @Test
    @Order(80)
    void recordsOfAnotherWriter() throws Exception {
        HostileAttack.run("h1 records of another writer", attack -> {
            try (var writer = new HostileRecords(attack.hostile().kafka(), RANDOM)) {
                var strange = writer.strange();
                int taken = writer.write(strange);
                attack.load("%d kinds of records, each in every partition; the broker took %d", strange.size(), taken);
                attack.awaitServed();
            }
        });
    }

    @Test
    @Order(81)
    void transactionsOfAnotherWriter() throws Exception {
        HostileAttack.run("h2 transactions of another writer", attack -> {
            attack.load("in every partition one committed, one aborted, one open meanwhile and then aborted");
            try (var writer = new HostileRecords(attack.hostile().kafka(), RANDOM)) {
                try (var committed = writer.begin("committed")) {
                    committed.commit();
                }
                try (var aborted = writer.begin("aborted")) {
                    aborted.abort();
                }
                attack.awaitServed();
                try (var open = writer.begin("open")) {
                    // Committed records behind an open transaction cannot be read: neighbours wait for it, and no longer.
                    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
                    open.abort();
                }
                attack.awaitServed();
            }
        });
    }

    // i: names of persons where they do not belong

    @Test
    @Order(90)
    void identitiesInPathsOfRefusedRequests() throws Exception {
        var secret = "ada-" + HostileEvents.letters(RANDOM, 12);
        HostileAttack.run("i  identities in paths of refused requests", attack -> {
            var stack = attack.stack();
            int count = Effort.of(40, 400);
            var clients = List.of(stack.client(null), stack.client("tl_wrong"), stack.as("viewer"), stack.as("admin"), stack.source("/channels/web"));
            var paths = List.of("/v1/journeys/customer:%s@example.org", "/v1/journeys/customer:%s@example.org/explain", "/v1/customers/customer:%s",
                    "/v1/sources/customer:%s", "/v1/rules/customer:%s", "/v1/rules/customer:%s/versions", "/v1/events/customer:%s", "/v1/backtests/customer:%s",
                    "/v1/findings/customer:%s", "/customer:%s", "/v1/journeys?identity=customer:%s", "/v1/journeys/%s%%00", "/v1//%s");
            var methods = List.of("GET", "POST", "PUT", "DELETE", "PATCH", secret.toUpperCase(Locale.ROOT).replace('-', 'X'));
            var calls = new ArrayList<Supplier<Answer>>();
            for (int i = 0; i < count; i++) {
                int number = i;
                for (var path : paths) {
                    var method = methods.get((i + path.length()) % methods.size());
                    var client = clients.get(i % clients.size());
                    byte[] body = i % 2 == 0 ? "{}".getBytes(UTF_8) : new byte[100 * 1024];
                    calls.add(() -> client.send(path.formatted(secret + number), request -> request.header("Content-Type", "application/json")
                            .method(method, BodyPublishers.ofByteArray(body))));
                }
            }
            attack.load("%,d requests, %d paths with an identity, 6 methods, bodies up to 100 KiB", calls.size(), paths.size());
            for (int i = 0; i < calls.size(); i += 50) {
                attack.tellAll(calls.subList(i, Math.min(calls.size(), i + 50)));
            }
            labelsAreFew(attack.hostile(), secret);
            logsDoNotName(stack, secret);
        });
    }

    private static void labelsAreFew(HostileStack hostile, String secret) {
        for (var service : List.of("ingest", "projector")) {
            var values = new HashMap<String, Set<String>>();
            var metrics = hostile.management(service).get("/q/metrics").with(200).text();
            assertThat(metrics).as("metrics of %s", service).doesNotContainIgnoringCase(secret);
            var label = Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");
            metrics.lines().filter(line -> !line.startsWith("#")).forEach(line -> label.matcher(line).results().forEach(found ->
                    values.computeIfAbsent(found.group(1), _ -> new TreeSet<>()).add(found.group(2))));
            values.forEach((name, all) -> assertThat(all).as("values of label %s of %s", name, service).hasSizeLessThan(100));
        }
    }

    private static void logsDoNotName(Stack stack, String secret) throws IOException {
        try (var logs = Files.list(stack.var().resolve("logs"))) {
            for (var log : logs.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(log), ISO_8859_1).toLowerCase(Locale.ROOT)
                        .contains(secret)).as("%s names a person", log.getFileName()).isFalse();
            }
        }
    }

    // j: forms

    @Test
    @Order(100)
    void oddForms() throws Exception {
        HostileAttack.run("j  odd numbers, NULs, Base64, expectations", attack -> {
            var wrong = new ArrayList<String>();
            numbersInRules(attack, wrong);
            nulsInParameters(attack, wrong);
            base64(attack, wrong);
            expectations(attack, wrong);
            attack.load("numbers of 101 and 1,001 digits, %%00 in every parameter, data_base64, Expect");
            assertThat(wrong).as("answers that should be others").isEmpty();
        });
    }

    private static void numbersInRules(HostileAttack attack, List<String> wrong) {
        var rule = """
                {"id":"hostile-j","version":%1$s,"title":"t","severity":"low","zone":"Etc/UTC","pattern":"repetition","when":{"type":"a.v1","where":"this.data.n == 1"},
                 "count":3,"within":"PT1H","cost":{"amount":"1","currency":"GBP"},"examples":[{"name":"e","events":[{"type":"a.v1","time":"2026-03-02T18:12:00Z","data":{"n":1}}],
                 "expect":[]}]}""".replace("%1$s", "1");
        var places = Map.of("version", "\"version\":1", "count", "\"count\":3", "data", "\"n\":1", "amount", "\"amount\":\"1\"", "where", "n == 1", "within", "\"within\":\"PT1H\"");
        var pattern = Map.of("max", "absence", "n", "exactly", "min", "existence");
        for (var number : List.of("9".repeat(101), "9".repeat(1_001), "-" + "9".repeat(101), "1e101", "1E-1001", "1e999999999", "1." + "0".repeat(101), "0." + "1".repeat(1_001))) {
            var short_ = number.length() > 12 ? number.substring(0, 4) + "… (" + number.length() + ")" : number;
            places.forEach((place, text) -> {
                var changed = switch (place) {
                    case "amount" -> rule.replace(text, "\"amount\":\"" + number + "\"");
                    case "within" -> rule.replace(text, "\"within\":\"PT" + number + "S\"");
                    case "where" -> rule.replace(text, "n == " + number);
                    default -> rule.replace(text, text.substring(0, text.length() - 1) + number);
                };
                validate(attack, wrong, "application/json", changed, short_ + " as " + place);
                validate(attack, wrong, "application/yaml", changed, short_ + " as " + place + " in YAML");
            });
            pattern.forEach((field, name) -> {
                var other = field.equals("max") ? "forbid" : "expect";
                var text = "{\"id\":\"hostile-j\",\"title\":\"t\",\"severity\":\"low\",\"pattern\":\"%s\",\"%s\":{\"type\":\"a.v1\"},\"%s\":%s}".formatted(name, other, field, number);
                validate(attack, wrong, "application/json", text, short_ + " as " + field);
            });
            validate(attack, wrong, "application/json", "{\"id\":\"hostile-j\",\"title\":\"t\",\"severity\":\"low\",\"pattern\":\"response\",\"when\":{\"type\":\"a.v1\"},"
                    + "\"expect\":{\"type\":\"b.v1\"},\"zone\":\"Etc/UTC\",\"within\":{\"businessDays\":" + number + ",\"calendar\":\"GB-ENG\"}}", short_ + " as businessDays");
            validate(attack, wrong, "application/yaml", "calendar: GB-ENG\nweekend: [ saturday ]\nholidays: { " + number + ": [ 2026-01-01 ] }\n", short_ + " as a year");
            var analyst = attack.stack().as("analyst");
            expect(attack, wrong, short_ + " as a version to activate", 400, 499, () -> analyst.post("/v1/rules/password-reset-spiral/activate", "application/json",
                    ("{\"version\":" + number + "}").getBytes(UTF_8)));
            expect(attack, wrong, short_ + " as ?version", 400, 499, () -> analyst.get("/v1/rules/password-reset-spiral", "version", number));
            expect(attack, wrong, short_ + " as ?limit", 400, 499, () -> analyst.get("/v1/findings", "limit", number));
            expect(attack, wrong, short_ + " as ?asOf", 400, 499, () -> analyst.get("/v1/journeys", "identity", "customer:x", "asOf", number + "-01-01T00:00:00Z"));
            expect(attack, wrong, short_ + " as position", 400, 499, () -> analyst.get("/v1/receipts", "source", "/a", "id", "b", "position", "touchpoints-0:" + number));
            expect(attack, wrong, short_ + " as a partition", 400, 499, () -> analyst.get("/v1/receipts", "source", "/a", "id", "b", "position", "touchpoints-" + number + ":0"));
        }
    }

    /// A body is right or wrong; what is wrong is said.
    private static void validate(HostileAttack attack, List<String> wrong, String mediaType, String body, String what) {
        expect(attack, wrong, what, 200, 499, () -> attack.stack().as("viewer").post("/v1/rules/validate", mediaType, body.getBytes(UTF_8)));
    }

    private static void expect(HostileAttack attack, List<String> wrong, String what, int least, int most, Supplier<Answer> call) {
        var answer = attack.tell(call);
        if (answer.status() < least || answer.status() > most || answer.status() >= 400 && !answer.contentType().equals("application/problem+json")) {
            wrong.add(what + ": " + answer.status() + " " + answer.text().substring(0, Math.min(200, answer.text().length())));
        }
    }

    private static void nulsInParameters(HostileAttack attack, List<String> wrong) {
        var viewer = attack.stack().as("viewer");
        var admin = attack.stack().as("admin");
        for (var path : List.of("/v1/journeys?identity=customer:x&type=%00", "/v1/journeys?identity=customer:x&channel=a%00b", "/v1/journeys?identity=customer:%00",
                "/v1/journeys?identity=%00:x", "/v1/journeys?identity=customer:x&cursor=%00", "/v1/journeys?identity=customer:x&asOf=%00", "/v1/journeys?identity=customer:x&from=%00",
                "/v1/journeys?identity=customer:x&to=%00", "/v1/journeys?identity=customer:x&limit=%00", "/v1/journeys?%00=x", "/v1/journeys/%00", "/v1/journeys/%00/explain?rule=x",
                "/v1/journeys/%00/digest", "/v1/journeys/00000000000000000000000000000000/explain?rule=%00", "/v1/findings?rule=%00", "/v1/findings?status=%00",
                "/v1/findings?severity=%00", "/v1/findings?person=%00", "/v1/findings?since=%00", "/v1/findings?cursor=%00", "/v1/findings?limit=%00", "/v1/findings/%00",
                "/v1/receipts?source=%00&id=x", "/v1/receipts?source=/a&id=%00", "/v1/receipts?source=/a&id=b&position=%00", "/v1/receipts?source=/a&id=b&position=%00-0:0",
                "/v1/rules/%00", "/v1/rules/%00/versions", "/v1/rules/password-reset-spiral?version=%00", "/v1/backtests/%00", "/v1/sources?limit=%00", "/v1/sources?cursor=%00",
                "/v1/sources/%00", "/v1/sources/a%00b", "/v1/%00")) {
            expect(attack, wrong, path, 400, 499, () -> viewer.get(path));
        }
        // Half a surrogate pair, overlong forms, a byte that is no UTF-8, and what no decoder decodes.
        for (var text : List.of("%ED%A0%80", "%C0%AF", "%FF", "%", "%zz", "%C0%80")) {
            expect(attack, wrong, "GET journeys of customer:" + text, 400, 499, () -> raw(attack, "GET", "/v1/journeys?identity=customer:" + text, "viewer", ""));
            expect(attack, wrong, "GET findings of rule " + text, 200, 499, () -> raw(attack, "GET", "/v1/findings?rule=" + text, "viewer", ""));
            expect(attack, wrong, "GET rule " + text, 400, 499, () -> raw(attack, "GET", "/v1/rules/" + text, "viewer", ""));
            expect(attack, wrong, "GET source " + text, 400, 499, () -> raw(attack, "GET", "/v1/sources/" + text, "viewer", ""));
        }
        expect(attack, wrong, "PUT /v1/sources/%00", 400, 499, () -> admin.send("/v1/sources/%00", request -> request.header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{}"))));
        expect(attack, wrong, "PUT of a source with a NUL", 400, 499, () -> admin.send("/v1/sources/hostile-j", request -> request.header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"channel\":\"a\\u0000b\",\"types\":[\"a\\u0000\"]}"))));
        expect(attack, wrong, "DELETE /v1/rules/%00", 400, 499, () -> admin.send("/v1/rules/%00", request -> request.DELETE()));
        expect(attack, wrong, "lookup of a NUL", 400, 499, () -> viewer.post("/v1/persons/lookup", "application/json", "{\"identity\":\"customer:\\u0000\"}".getBytes(UTF_8)));
        expect(attack, wrong, "a back-test of a source with a NUL", 202, 499, () -> admin.post("/v1/rules/password-reset-spiral/backtests", "application/json",
                "{\"source\":\"\\u0000\"}".getBytes(UTF_8)));
        for (var place : List.of("title", "id", "stage", "owner", "explain")) {
            expect(attack, wrong, "a rule with a NUL in its " + place, 200, 499, () -> admin.post("/v1/rules/validate", "application/json",
                    "{\"id\":\"hostile-j\",\"title\":\"t\",\"severity\":\"low\",\"pattern\":\"init\",\"expect\":{\"type\":\"a.v1\"},\"%s\":\"a\\u0000b\"}".formatted(place).getBytes(UTF_8)));
        }
    }

    private static void base64(HostileAttack attack, List<String> wrong) {
        var source = "/channels/chat";
        var channel = attack.stack().source(source);
        var json = "{\"callId\":\"c-1\"}";
        var forms = new LinkedHashMap<String, String>();
        forms.put("UTF-16", "\"" + Base64.getEncoder().encodeToString(json.getBytes(UTF_16)) + "\"");
        forms.put("UTF-16LE", "\"" + Base64.getEncoder().encodeToString(json.getBytes(UTF_16LE)) + "\"");
        forms.put("UTF-32", "\"" + Base64.getEncoder().encodeToString(json.getBytes(Charset.forName("UTF-32BE"))) + "\"");
        forms.put("overlong UTF-8", "\"" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex("22c0af22")) + "\"");
        forms.put("a surrogate", "\"" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex("22eda08022")) + "\"");
        forms.put("an empty text", "\"\"");
        forms.put("a list", "[]");
        forms.put("an object", "{}");
        forms.put("a number", "1234");
        forms.put("true", "true");
        forms.put("two documents", "\"" + Base64.getEncoder().encodeToString("{}{}".getBytes(UTF_8)) + "\"");
        forms.put("a field twice", "\"" + Base64.getEncoder().encodeToString("{\"a\":1,\"a\":2}".getBytes(UTF_8)) + "\"");
        forms.put("of a URL", "\"eyJhIjoiPz8_In0\"");
        forms.put("1e999999999", "\"" + Base64.getEncoder().encodeToString("1e999999999".getBytes(UTF_8)) + "\"");
        forms.forEach((what, value) -> {
            var event = Events.event(source, "base64-" + what, "chat-started.v1", "customer:hostile-j", NOW);
            event.remove("data");
            var body = event.toString().replaceFirst("}$", ",\"data_base64\":" + Matcher.quoteReplacement(value) + "}");
            expect(attack, wrong, "data_base64 of " + what, 400, 400, () -> channel.post("/v1/events", "application/cloudevents+json", body.getBytes(UTF_8)));
        });
    }

    private static void expectations(HostileAttack attack, List<String> wrong) {
        var event = Events.event("/channels/web", "expected-" + RANDOM.nextInt(), "chat-started.v1", "customer:hostile-j", NOW).toString();
        expect(attack, wrong, "Expect: 100-continue", 202, 202, () -> raw(attack, "POST", "/v1/events", "/channels/web",
                "Expect: 100-continue\r\nContent-Type: application/cloudevents+json\r\nContent-Length: " + event.length() + "\r\n\r\n" + event));
        expect(attack, wrong, "Expect: 100-continue without a token", 401, 401, () -> raw(attack, "POST", "/v1/events", null,
                "Expect: 100-continue\r\nContent-Type: application/cloudevents+json\r\nContent-Length: " + event.length() + "\r\n\r\n" + event));
        expect(attack, wrong, "Expect: 100-continue of a question", 200, 499, () -> raw(attack, "POST", "/v1/rules/validate", "viewer",
                "Expect: 100-continue\r\nContent-Type: application/yaml\r\nContent-Length: 5\r\n\r\nid: a"));
        expect(attack, wrong, "Expect: 100-continue of an import", 200, 200, () -> raw(attack, "POST", "/v1/imports", "operator",
                "Expect: 100-continue\r\nContent-Type: application/x-ndjson\r\nContent-Length: " + event.length() + "\r\n\r\n" + event));
        expect(attack, wrong, "Expect: 100-continue in chunks", 202, 202, () -> raw(attack, "POST", "/v1/events", "/channels/web",
                "Expect: 100-continue\r\nContent-Type: application/cloudevents+json\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n".formatted(event.length(), event)));
        expect(attack, wrong, "Expect of something else", 202, 499, () -> raw(attack, "POST", "/v1/events", "/channels/web",
                "Expect: the-unexpected\r\nContent-Type: application/cloudevents+json\r\nContent-Length: " + event.length() + "\r\n\r\n" + event));
    }

    /// What only a plain socket can send.
    ///
    /// @param caller a role, a source, or `null`
    /// @param rest of the request: headers, an empty line, the body; the body is held back where it is to be expected first
    private static Answer raw(HostileAttack attack, String method, String target, String caller, String rest) {
        var stack = attack.stack();
        var token = caller == null ? null : (caller.startsWith("/") ? stack.source(caller) : stack.as(caller)).token();
        var head = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + (token == null ? "" : "Authorization: Bearer " + token + "\r\n");
        var text = head + (rest.isEmpty() ? "\r\n" : rest);
        int body = text.indexOf("\r\n\r\n") + 4;
        try (var connection = FuzzConnection.open(stack.port(), Duration.ofSeconds(15))) {
            return connection.exchange(text.substring(0, body).getBytes(UTF_8), text.substring(body).getBytes(UTF_8), method.equals("HEAD")).answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // k: who is on this machine

    @Test
    @Order(110)
    void othersOnThisMachine() throws Exception {
        HostileAttack.run("k  other accounts on this machine", attack -> {
            attack.load("files below var; the broker's ports and the database without a password");
            var open = new ArrayList<String>();
            try (var files = Files.walk(attack.stack().var())) {
                files.forEach(file -> permissions(file).filter(OTHERS::contains).findFirst().ifPresent(permission -> open.add(file + " " + permission)));
            }
            for (var port : List.of("kafka", "kafkaController")) {
                if (answersAnyone(ports(attack.stack()).path(port).asInt())) {
                    open.add("the broker's port " + port + " answers without a password");
                }
            }
            var database = "jdbc:postgresql://127.0.0.1:%d/throughline".formatted(attack.stack().member("postgres").port());
            assertThatThrownBy(() -> DriverManager.getConnection(database, "throughline", "").close()).as("the database without its password");
            assertThat(open).as("open to others on this machine").isEmpty();
        });
    }

    private static final Set<PosixFilePermission> OTHERS = Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    /// None of a file that went away while we looked, or of a link, which has none.
    private static Stream<PosixFilePermission> permissions(Path file) {
        try {
            return Files.isSymbolicLink(file) ? Stream.of() : Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).stream();
        } catch (IOException _) {
            return Stream.of();
        }
    }

    private static JsonNode ports(Stack stack) throws IOException {
        return EventJson.mapper().readTree(Files.readString(stack.var().resolve("stack.json")));
    }

    private static boolean answersAnyone(int port) {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000, AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 3_000))) {
            admin.describeCluster().clusterId().get();
            return true;
        } catch (Exception _) {
            return false;
        }
    }

    // l: too much of a good thing

    @Test
    @Order(120)
    void aSourceThatSendsAsFastAsItCan() throws Exception {
        HostileAttack.run("l1 a source that sends as fast as it can", attack -> {
            int count = Effort.of(60_000, 1_000_000);
            int per = 1_000;
            var channel = attack.stack().source("/channels/app");
            attack.load("%,d events in batches of %,d, of %,d customers", count, per, count / 20);
            var calls = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < count / per; i++) {
                int batch = i;
                var events = HostileEvents.batches(HostileEvents.events(per, j -> Events.event("/channels/app", "noise-" + batch + "-" + j, "page-viewed.v1",
                        "customer:noise-" + (batch * per + j) / 20, NOW.minusSeconds(86_000 - j))));
                calls.add(() -> attack.posted(channel, events.getFirst()));
            }
            try (var senders = Executors.newFixedThreadPool(4)) {
                senders.invokeAll(calls);
            }
        });
    }

    @Test
    @Order(121)
    void aHotPerson() throws Exception {
        HostileAttack.run("l2 a hot person, small events", attack -> {
            int count = Effort.of(20_000, 100_000);
            attack.load("%,d small events of one person", count);
            attack.post(attack.stack().source("/channels/app"), HostileEvents.events(count, i -> Events.event("/channels/app", "hot-" + i, "page-viewed.v1",
                    "customer:hostile-hot", NOW.minusSeconds(86_000).plusMillis(i * 800L))));
        });
    }

    @Test
    @Order(122)
    void aHotPersonOfLargeEvents() throws Exception {
        int count = Effort.of(0, 10_000);
        assumeTrue(count > 0, "10,000 events of 250 KiB are left to --long");
        HostileAttack.run("l3 a hot person, large events", attack -> {
            attack.load("%,d events of 250 KiB of one person", count);
            for (int i = 0; i < count; i += 200) {
                int from = i;
                attack.post(attack.stack().source("/channels/web"), HostileEvents.events(200, j ->
                        large("page-viewed.v1", "hostile-hot-large", from + j, NOW.minusSeconds(86_000 - from - j), HostileEvents.letters(RANDOM, LARGE))));
            }
        });
    }
}
