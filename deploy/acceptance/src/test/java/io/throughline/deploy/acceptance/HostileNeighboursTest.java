package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.deploy.acceptance.Client.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Base64;
import java.util.HashMap;
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
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Nothing that one sender, rule author, reader, or writer on the log does stops the others: fault 21. Each attack runs on real processes
/// with default heaps while neighbours live on, see [HostileAttack]. `docs/hostile-neighbours.md` has the table.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ResourceLock("hostile-stack")
class HostileNeighboursTest {
    private static final int LARGE = 250 * 1024;
    /// Roles of readers that the neighbours do not have.
    private static final List<String> READERS = List.of("viewer", "analyst", "privacy", "admin");
    private static final Random RANDOM = Seed.random(HostileNeighboursTest.class);
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @RegisterExtension
    static final FaultTable TABLE = new FaultTable();

    private static FaultTable.Fault fault;
    private static Instant begun;

    @BeforeAll
    static void quiet() throws IOException {
        fault = FaultTable.fault(21, "hostile neighbours");
        HostileAttack.quiet(HostileStack.sound());
        begun = Instant.now();
    }

    @AfterAll
    static void print() {
        HostileStack.end();
        HostileAttack.print();
        fault.load(HostileAttack.acceptedOfAll(), Duration.between(begun, Instant.now()));
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
        var event = Events.event("/systems/sales", customer + "-" + i, "quote-given.v1", "customer:" + customer,
                NOW.minus(Duration.ofDays(6)).plusSeconds(300L * i));
        var data = event.putObject("data").put("leadId", "l-1").put("product", "fibre-100").put("channel", "channel-" + i);
        data.putObject("amount").put("amount", "30." + (10_000 + i)).put("currency", "GBP");
        return event;
    }

    // b: size

    @Test
    @Order(20)
    void largeEventsAtDifferentTimes() throws Exception {
        HostileAttack.run("b1 large events, different times", attack -> {
            int count = Effort.of(120, 1_000);
            attack.load("%,d events of 250 KiB of one customer", count);
            attack.post(attack.stack().source("/channels/web"), HostileEvents.events(count, i ->
                    large("page-viewed.v1", "hostile-b1", i, NOW.minusSeconds(86_400 - 60L * i % 86_000), HostileEvents.letters(RANDOM,
                            LARGE))));
        });
    }

    @Test
    @Order(21)
    void largeEventsAtOneInstant() throws Exception {
        HostileAttack.run("b2 large events, one instant", attack -> {
            int count = Effort.of(160, 600);
            attack.load("%,d events of 250 KiB of one customer at one instant", count);
            attack.post(attack.stack().source("/channels/web"), HostileEvents.events(count, i ->
                    large("page-viewed.v1", "hostile-b2", i, NOW.minusSeconds(3_600), HostileEvents.letters(RANDOM, LARGE))));
        });
    }

    @Test
    @Order(22)
    void largeEventsThatPackWell() throws Exception {
        HostileAttack.run("b3 large events of one letter", attack -> {
            int count = Effort.of(200, 2_000);
            attack.load("%,d events of 250 KiB of one letter, packed to nothing", count);
            attack.post(attack.stack().source("/channels/web"), HostileEvents.events(count, i ->
                    large("page-viewed.v1", "hostile-b3", i, NOW.minusSeconds(86_400 - i), "a".repeat(LARGE))));
        });
    }

    /// A contradiction is looked for among all statements of a month: an evaluator that keeps their values keeps all of this.
    @Test
    @Order(23)
    void largeValuesThatRulesRemember() throws Exception {
        HostileAttack.run("b4 large values that rules remember", attack -> {
            int count = Effort.of(120, 1_000);
            attack.load("%,d statements and addresses of 120 KiB twice", count);
            var half = Effort.of(120, 1_000) / 2;
            attack.post(attack.stack().source("/systems/crm"), HostileEvents.events(count, i -> {
                var text = HostileEvents.letters(RANDOM, LARGE / 2 - 1_024);
                var event = large("statement-made.v1", "hostile-b4", i, NOW.minusSeconds(86_400 - 60L * i % 86_000), "");
                if (i < half) {
                    event.putObject("data").put("topic", "terms").put("value", text).put("caseId", text);
                } else {
                    event.put("type", "address-changed.v1");
                    var address = event.putObject("data").put("addressId", "home").put("kind", "postal").put("version", i)
                            .putObject("address");
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
            int dispatches = Effort.of(1_000, 25_000);
            var customer = "hostile-c";
            attack.post(attack.stack().as("operator"), journeyWithFindings(customer, dispatches));
            var viewer = attack.stack().as("viewer");
            var analyst = attack.stack().as("analyst");
            var person = evaluated(attack, customer);
            int explains = 100;
            attack.load("%,d events, %,d dispatches to old addresses; 15 reads, %d explains, 4 back-tests at once", 2 * dispatches,
                    dispatches, explains);
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
            for (var rule : List.of("stale-address-on-dispatch", "undelivered", "inconsistent-quote", "marketing-without-consent")) {
                calls.add(() -> analyst.post("/v1/rules/" + rule + "/backtests", "application/json", "{}".getBytes(UTF_8)));
            }
            answered(attack.tellAll(calls));
            everyFindingOnce(viewer, person, dispatches);
        });
    }

    /// Waits until the journey has been evaluated.
    /// @return the person
    private static String evaluated(HostileAttack attack, String customer) {
        var viewer = attack.stack().as("viewer");
        await().atMost(Duration.ofSeconds(Effort.of(60, 1_200))).ignoreExceptionsMatching(Stack::isOutage)
                .until(() -> attack.stack().status().path("waiting").asLong() == 0
                        && !viewer.get("/v1/journeys", "identity", "customer:" + customer, "limit", "1").with(200).json()
                                .path("findings").isEmpty());
        return viewer.post("/v1/persons/lookup", "application/json", "{\"identity\":\"customer:%s\"}".formatted(customer).getBytes(UTF_8))
                .with(200).json().path("person").asText();
    }

    private static void answered(List<Answer> answers) {
        assertThat(answers.stream().map(Answer::status)).as("statuses: each call is answered, if only by a refusal").doesNotContain(0, 500);
    }

    /// So many dispatches to an address that had been changed long before, and page views between them.
    private static List<ObjectNode> journeyWithFindings(String customer, int dispatches) {
        var begun = NOW.minus(Duration.ofDays(9));
        var step = Duration.ofDays(8).dividedBy(dispatches);
        var events = new ArrayList<ObjectNode>();
        for (int i = 0; i < 2; i++) {
            var event = Events.event("/systems/crm", customer + "-address-" + i, "address-changed.v1", "customer:" + customer,
                    begun.minus(Duration.ofDays(30 - 10 * i)));
            event.putObject("data").put("addressId", "home").put("kind", "postal").put("version", i).putObject("address")
                    .putArray("lines").add("line " + i);
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

    /// The list of findings, and the findings of the journey, read page by page to their ends, have each finding of the person once.
    private static void everyFindingOnce(Client viewer, String person, int due) {
        var ofTheJourney = new ArrayList<String>();
        String next = null;
        do {
            var page = next == null ? viewer.get("/v1/journeys/" + person, "limit", "500")
                    : viewer.get("/v1/journeys/" + person, "limit", "500", "findingsCursor", next);
            page.with(200).json().path("findings").valueStream().filter(finding -> finding.path("rule")
                    .asText().equals("stale-address-on-dispatch"))
                    .forEach(finding -> ofTheJourney.add(finding.path("id").asText()));
            next = page.json().path("findingsNext").asText(null);
        } while (next != null);
        assertThat(ofTheJourney).as("findings of the journey, page by page").doesNotHaveDuplicates().hasSize(due);
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

    /// Large findings that pack to nothing, from the beginning of the topic on, to more readers than may be; none of whom reads.
    @Test
    @Order(31)
    void readersOfStreamsWhoDoNotRead() throws Exception {
        HostileAttack.run("c2 streams that are not read", attack -> {
            int each = Effort.of(30, 300);
            var kinds = new LinkedHashMap<String, String>();
            for (var role : READERS) {
                kinds.put("GET /v1/findings/stream HTTP/1.1\r\nHost: x\r\nLast-Event-ID: 0:0\r\nAuthorization: Bearer "
                        + attack.stack().as(role).token() + "\r\n\r\n", "");
            }
            int findings = HostileFindings.publishLarge(attack.hostile().kafka(), 200);
            attack.load("%,d streams of %d keys, %d findings of 120 KiB", each * kinds.size(), kinds.size(), findings);
            hold(attack, each, "127.0.0.4", kinds);
            followedAndExported(attack.stack().as("viewer"));
        });
    }

    @Test
    @Order(32)
    void exportsThatAreCutOff() throws Exception {
        HostileAttack.run("c3 exports that are not read and cut off", attack -> {
            int each = Effort.of(10, 100);
            int rounds = Effort.of(2, 20);
            attack.post(attack.stack().as("operator"), journeyWithFindings("hostile-c3", Effort.of(300, 10_000)));
            var kinds = new LinkedHashMap<String, String>();
            for (var role : READERS) {
                for (var path : List.of("/v1/findings", "/v1/journeys", "/v1/journeys?identity=customer:hostile-c3")) {
                    for (var form : List.of("text/csv", "application/x-ndjson")) {
                        // To a client of HTTP/1.0 an answer has no chunks, and its length is not known either.
                        kinds.put("GET " + path + (form.equals("text/csv") ? " HTTP/1.0" : " HTTP/1.1") + "\r\nHost: x\r\nAccept: " + form + "\r\nAuthorization: Bearer "
                                + attack.stack().as(role).token() + "\r\n\r\n", "");
                    }
                }
            }
            attack.load("%d times %,d exports of all findings, journeys and touchpoints at once", rounds, each * kinds.size());
            for (int i = 1; i < rounds; i++) {
                for (var kind : kinds.keySet()) {
                    try (var open = HostileSockets.open(each, "127.0.0.5", attack.stack().port(), kind)) {
                        await().until(open::anyIsAnswered);
                    }
                }
            }
            hold(attack, each, "127.0.0.5", kinds);
            followedAndExported(attack.stack().as("viewer"));
        });
    }

    /// Once the others have gone, or have been cut off, there is room again.
    private static void followedAndExported(Client viewer) {
        await().atMost(Duration.ofSeconds(60)).ignoreExceptionsMatching(Stack::isOutage).until(() -> {
            try (var reader = FindingReader.open(viewer, null, "")) {
                return reader.status() == 200 && reader.next() != null;
            }
        });
        for (var path : List.of("/v1/findings", "/v1/journeys")) {
            await().atMost(Duration.ofSeconds(60)).ignoreExceptionsMatching(Stack::isOutage)
                    .until(() -> viewer.send(path, request -> request.header("Accept", "text/csv").GET()).status() == 200);
        }
    }

    // d: findings that are large

    @Test
    @Order(40)
    void findingsWithLongReferences() throws Exception {
        HostileAttack.run("d  findings with long references", attack -> {
            int count = 1_400;
            attack.load("%,d failures within the hour, ids of 256 characters in 768 bytes", count);
            var source = "/" + "s".repeat(255);
            attack.post(attack.stack().as("operator"), HostileEvents.events(count, i -> Events.event(source, "語".repeat(250)
                    + "%06d".formatted(i),
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
            attack.load("%d calls of a viewer at once, %d kinds of expressions over a text of 30,000", calls.size(),
                    HostileRules.costly().size());
            answered(attack.tellAll(calls));
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
            int count = Effort.of(200, 2_000);
            attack.load("%d rules handed in; %,d events of 2 KB of one customer", ids.size(), count);
            attack.post(attack.stack().source("/channels/app"), HostileEvents.events(count, i -> {
                var event = Events.event("/channels/app", "hostile-f-" + i, "hostile-costly.v1", "customer:hostile-f",
                        NOW.minusSeconds(86_000 - i));
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
                Map.of("POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/cloudevents+json\r\n"
                        + "Content-Length: 60000\r\n\r\n{", " "));
    }

    @Test
    @Order(71)
    void socketsWithoutTokenElsewhere() throws Exception {
        var kinds = new LinkedHashMap<String, String>();
        var length = "Host: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{";
        kinds.put("POST /v1/journeys HTTP/1.1\r\n" + length, " ");
        kinds.put("POST /v1/rules/validate HTTP/1.1\r\n" + length, " ");
        kinds.put("POST /v1/imports HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", "1\r\n \r\n");
        kinds.put("PUT /v1/sources/x HTTP/1.1\r\nAuthorization: Bearer wrong\r\n" + length, " ");
        kinds.put("POST /nowhere HTTP/1.1\r\n" + length, " ");
        kinds.put("POST /v1/persons/lookup HTTP/1.1\r\nExpect: 100-continue\r\n" + length.substring(0, length.length() - 1), "");
        kinds.put("GET /v1/status HTTP/1.1\r\nHost: x\r\nX-Slow: ", "a");
        kinds.put("", "");
        sockets("g2 sockets without a token, elsewhere", Effort.of(100, 600), "127.0.0.1", kinds);
    }

    /// From another address: what a client with a token takes up is its own.
    @Test
    @Order(72)
    void socketsWithATokenThatDoNotRead() throws Exception {
        var stack = HostileStack.sound().stack();
        var viewer = "Authorization: Bearer " + stack.as("viewer").token() + "\r\nHost: x\r\n";
        var kinds = new LinkedHashMap<String, String>();
        kinds.put(("GET /v1/findings?limit=500 HTTP/1.1\r\n" + viewer + "\r\n").repeat(20), "GET /v1/findings?limit=500 HTTP/1.1\r\n"
                + viewer + "\r\n");
        kinds.put(("GET /v1/rules HTTP/1.1\r\n" + viewer + "\r\n").repeat(50), "");
        sockets("g3 sockets with a token that read slowly", Effort.of(100, 600), "127.0.0.2", kinds);
    }

    @Test
    @Order(73)
    void socketsWithATokenThatPostSlowly() throws Exception {
        var stack = HostileStack.sound().stack();
        var length = "Host: x\r\nContent-Length: 60000\r\n";
        var kinds = new LinkedHashMap<String, String>();
        kinds.put("POST /v1/events HTTP/1.1\r\nAuthorization: Bearer " + stack.source("/channels/shop").token() + "\r\n" + length
                + "Content-Type: application/cloudevents+json\r\n\r\n{", " ");
        kinds.put("POST /v1/rules/validate HTTP/1.1\r\nAuthorization: Bearer " + stack.as("privacy").token() + "\r\n" + length
                + "Content-Type: application/json\r\n\r\n{", " ");
        kinds.put("POST /v1/imports HTTP/1.1\r\nAuthorization: Bearer " + stack.as("operator").token() + "\r\n" + length
                + "Content-Type: application/x-ndjson\r\n\r\n{", " ");
        sockets("g4 sockets with a token that post slowly", Effort.of(200, 1_500), "127.0.0.3", kinds);
    }

    /// Holds them until enough neighbours were served beside them.
    ///
    /// @param kinds what each says first, and from time to time
    private static void sockets(String name, int each, String from, Map<String, String> kinds) throws Exception {
        HostileAttack.run(name, attack -> {
            attack.load("%,d sockets, %d kinds", each * kinds.size(), kinds.size());
            hold(attack, each, from, kinds);
        });
    }

    /// As [#sockets], within an attack.
    private static void hold(HostileAttack attack, int each, String from, Map<String, String> kinds) throws IOException {
        var open = new LinkedHashMap<HostileSockets, String>();
        try {
            for (var kind : kinds.entrySet()) {
                open.put(HostileSockets.open(each, from, attack.stack().port(), kind.getKey()), kind.getValue());
            }
            int before = attack.neighbours().served();
            var end = Instant.now().plus(Duration.ofSeconds(Effort.of(2, 60)));
            while (Instant.now().isBefore(end) || !attack.neighbours().served(before)) {
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
                open.forEach(HostileSockets::say);
            }
            open.keySet().forEach(sockets -> sockets.tell(attack));
        } finally {
            open.keySet().forEach(HostileSockets::close);
        }
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
            var clients = List.of(stack.client(null), stack.client("tl_wrong"), stack.as("viewer"), stack.as("admin"),
                    stack.source("/channels/web"));
            var paths = List.of("/v1/journeys/customer:%s@example.org", "/v1/journeys/customer:%s@example.org/explain",
                    "/v1/customers/customer:%s",
                    "/v1/sources/customer:%s", "/v1/rules/customer:%s", "/v1/rules/customer:%s/versions", "/v1/events/customer:%s",
                            "/v1/backtests/customer:%s",
                    "/v1/findings/customer:%s", "/customer:%s", "/v1/journeys?identity=customer:%s", "/v1/journeys/%s%%00", "/v1//%s");
            var methods = List.of("GET", "POST", "PUT", "DELETE", "PATCH", secret.toUpperCase(Locale.ROOT).replace('-', 'X'));
            var calls = new ArrayList<Supplier<Answer>>();
            for (int i = 0; i < count; i++) {
                int number = i;
                for (var path : paths) {
                    var method = methods.get((i + path.length()) % methods.size());
                    var client = clients.get(i % clients.size());
                    byte[] body = i % 2 == 0 ? "{}".getBytes(UTF_8) : new byte[100 * 1024];
                    calls.add(() -> client.send(path.formatted(secret + number), request -> request
                            .header("Content-Type", "application/json")
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
            HostileAttack.none(metrics.lines().filter(line -> line.toLowerCase(Locale.ROOT).contains(secret)).toList(), "metrics of "
                    + service + " that name a person");
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
            attack.load("numbers of 101 and 1,001 digits, %%00 in every parameter, data_base64, Expect");
            var forms = new HostileForms(attack, RANDOM);
            forms.numbersInRules();
            forms.nulsInParameters();
            forms.base64();
            forms.expectations();
            HostileAttack.none(forms.wrong(), "answers that should be others");
        });
    }

    // k: who is on this machine

    @Test
    @Order(110)
    void othersOnThisMachine() throws Exception {
        HostileAttack.run("k  other accounts on this machine", attack -> {
            attack.load("files below var; the broker's ports and the database without a password");
            HostileAttack.none(HostileMachine.open(attack.stack()), "open to others on this machine");
        });
    }

    // l: too much of a good thing

    @Test
    @Order(120)
    void aSourceThatSendsAsFastAsItCan() throws Exception {
        HostileAttack.run("l1 a source that sends as fast as it can", attack -> {
            int count = Effort.of(20_000, 1_000_000);
            int per = 1_000;
            var channel = attack.stack().source("/channels/app");
            attack.load("%,d events in batches of %,d, of %,d customers", count, per, count / 20);
            var calls = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < count / per; i++) {
                int batch = i;
                var events = HostileEvents.batches(HostileEvents.events(per, j -> Events.event("/channels/app", "noise-" + batch + "-"
                        + j, "page-viewed.v1",
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
            int count = Effort.of(8_000, 100_000);
            attack.load("%,d small events of one person", count);
            attack.post(attack.stack().source("/channels/app"), HostileEvents.events(count, i -> Events.event("/channels/app", "hot-"
                    + i, "page-viewed.v1",
                    "customer:hostile-hot", NOW.minusSeconds(86_000).plusMillis(i * 800L))));
        });
    }

    /// Who sends each device as a source of its own, and each screen as a type.
    @Test
    @Order(123)
    void manySourcesAndTypes() throws Exception {
        HostileAttack.run("l4 many sources and types", attack -> {
            int count = Effort.of(5_000, 200_000);
            attack.load("%,d events, each of another source, of %,d types, of %,d customers", count, count / 4, count / 50);
            attack.post(attack.stack().as("operator"), HostileEvents.events(count, i -> Events.event("/devices/hostile-many-" + i,
                    "many-" + i,
                    "hostile-many-" + i / 4 + ".v1", "customer:hostile-many-" + i % (count / 50), NOW.minusSeconds(86_000).plusMillis(i))));
            attack.awaitServed();
            labelsAreFew(attack.hostile(), "hostile-many");
        });
    }

    @Test
    @Order(124)
    @EnabledIfSystemProperty(named = Effort.LONG, matches = "true")
    void anOperatorWhoSettlesOverAndOver() throws Exception {
        HostileAttack.run("m  an operator who settles over and over", attack -> {
            int rounds = 30;
            attack.load("%d times 10 settlings at once", rounds);
            var operator = attack.stack().as("operator");
            Supplier<Answer> settle = () -> operator.send("/v1/status/settle", request -> request.POST(BodyPublishers.noBody()));
            for (int i = 0; i < rounds; i++) {
                answered(attack.tellAll(Collections.nCopies(10, settle)));
            }
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
                        large("page-viewed.v1", "hostile-hot-large", from + j, NOW.minusSeconds(86_000 - from - j),
                                HostileEvents.letters(RANDOM, LARGE))));
            }
        });
    }

    @Test
    @Order(130)
    void aPersonWithManyFindings() throws Exception {
        int count = Effort.of(0, 100_000);
        assumeTrue(count > 0, "100,000 findings of one person are left to --long");
        HostileAttack.run("n  a person with many findings", attack -> {
            attack.load("%,d dispatches to an old address of one person, read page by page", count);
            attack.post(attack.stack().as("operator"), journeyWithFindings("hostile-n", count));
            everyFindingOnce(attack.stack().as("viewer"), evaluated(attack, "hostile-n"), count);
        });
    }
}
