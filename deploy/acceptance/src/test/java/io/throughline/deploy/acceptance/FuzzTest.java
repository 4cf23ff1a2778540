package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.deploy.acceptance.FuzzConnection.Response;
import io.throughline.deploy.acceptance.FuzzGrammar.Operation;
import io.throughline.deploy.acceptance.FuzzRequest.Door;
import io.throughline.deploy.acceptance.FuzzRequest.Header;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Requests that are nearly right, to every operation of the OpenAPI documents and beside them, by every caller, over plain sockets.
///
/// Whatever comes: no `500`, `502` or `504`, no `503` that stays, an answer wherever HTTP owes one, a problem document wherever something is
/// wrong (with what exceptions, [#UNROUTED] says), no failure in a log, no restart, and no accepted event lost. Request `n` of a seed is always the same: `-Dseed=N` sends them again, `-Dfuzz.only=n` that alone.
/// `-Dfuzz.seconds=N` says for how long; 20 s usually, an hour in the long set.
@ResourceLock("hostile-stack")
class FuzzTest {
    private static final Duration FOR = Duration.ofSeconds(Long.getLong("fuzz.seconds", Effort.of(20, 3_600)));
    /// Settling and a change of rules may wait that long.
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    /// Where HTTP owes none, an answer is not waited for.
    private static final Duration GRACE = Duration.ofMillis(300);
    private static final int SENDERS = 4;
    private static final int FAULTS_SHOWN = 15;
    private static final int SIMPLIFICATIONS = 60;
    private static final Duration SIMPLIFYING_LIMIT = Duration.ofSeconds(20);
    private static final int RECEIPTS = 100;
    /// All senders together have a few requests under way, and some that they gave up; these are over long before.
    private static final Duration BUSY_LIMIT = Duration.ofSeconds(20);
    /// What a service's platform answers before any route, to what it cannot read as a head or as a URI: without a word, and only to who passes the
    /// gateway by, which refuses the same with a document.
    private static final Set<Integer> UNROUTED = Set.of(400, 414, 431);

    private static final Pattern REQUEST_FAILED = Pattern.compile("HTTP Request to .* failed|A request failed");

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentSkipListMap<String, LongAdder> answers = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, Fault> faults = new ConcurrentSkipListMap<>();
    private final ConcurrentLinkedQueue<Accepted> accepted = new ConcurrentLinkedQueue<>();
    private final LongAdder imported = new LongAdder();

    private HostileStack hostile;
    private Map<Door, Integer> ports;
    private FuzzGrammar grammar;
    private volatile Instant end;

    private record Accepted(String source, String id, String position) {}

    /// @param number of the first request that showed it
    private record Fault(String what, long number, FuzzRequest smallest, LongAdder times) {}

    @AfterAll
    static void end() {
        HostileStack.end();
    }

    @Test
    void nothingThatIsNearlyRightDoesHarm() throws Exception {
        hostile = HostileStack.sound();
        hostile.broken();
        var stack = hostile.stack();
        ports = Map.of(Door.GATEWAY, stack.port(), Door.INGEST, stack.member("ingest").port(), Door.PROJECTOR,
                stack.member("projector").port());
        prepare(stack);
        var before = hostile.processes();
        long readBefore = read(stack.status());
        System.out.printf("FuzzTest: seed %d (again with -Dseed=%d), %d s%n", seed, seed, FOR.toSeconds());

        long only = Long.getLong("fuzz.only", -1);
        end = Instant.now().plus(FOR);
        if (only >= 0) {
            var request = request(only);
            System.out.println(request);
            new Sender().send(only, request);
        } else {
            fuzz(before);
        }

        print();
        if (!hostile.processes().equals(before)) {
            faults.put("restart", new Fault("a process restarted: " + before + " → " + hostile.processes(), numbers.get(), request(0),
                    new LongAdder()));
        }
        HostileAttack.none(faults.values().stream().map(fault -> "request %d: %s (%d times), smallest: %s".formatted(fault.number,
                fault.what, fault.times.sum(),
                fault.smallest)).limit(FAULTS_SHOWN).toList(), "kinds of faults, seed " + seed + ", the smallest request of each");
        HostileAttack.none(failures(stack), "requests that left a failure in the log of a service, whatever they were answered, seed " + seed);
        nothingIsLost(stack, readBefore);
        hostile.unbroken();
    }

    private static List<String> failures(Stack stack) throws IOException {
        var failures = new ArrayList<String>();
        for (var service : List.of("ingest", "projector")) {
            try (var lines = Files.lines(stack.var().resolve("logs").resolve(service + ".log"))) {
                lines.filter(line -> line.contains(" ERROR ") && REQUEST_FAILED.matcher(line).find()).forEach(failures::add);
            }
        }
        return failures;
    }

    /// Some persons, findings and cursors that requests can be about, and the operations that there are.
    private void prepare(Stack stack) throws IOException {
        var operator = stack.as("operator");
        var now = Instant.now();
        for (var batch : HostileEvents.batches(HostileEvents.events(100, i -> Events.event("/channels/web", "fuzz-prepared-" + seed
                + "-" + i, "password-reset-failed.v1",
                "customer:fuzz-" + i % 20, now.minusSeconds(i))))) {
            operator.post("/v1/events", "application/cloudevents-batch+json", batch.body(), "Content-Encoding", "gzip").with(202);
        }
        stack.settled();
        var persons = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            persons.add(operator.post("/v1/persons/lookup", "application/json",
                    "{\"identity\":\"customer:fuzz-%d\"}".formatted(i).getBytes(UTF_8)).with(200)
                    .json().path("person").asText());
        }
        var page = operator.get("/v1/findings", "rule", "password-reset-spiral", "limit", "10").with(200).json();
        var findings = page.path("items").valueStream().map(item -> item.path("id").asText()).toList();
        var journey = operator.get("/v1/journeys/" + persons.getFirst(), "limit", "1").with(200).json();
        var cursors = List.of(page.path("next").asText("x"), journey.path("next").asText("x"));
        var operations = new ArrayList<Operation>();
        operations.addAll(FuzzGrammar.operations(Door.INGEST, openApi("ingest")));
        operations.addAll(FuzzGrammar.operations(Door.PROJECTOR, openApi("projector")));
        assertThat(operations).as("operations of the OpenAPI documents").hasSizeGreaterThan(20);
        System.out.printf("FuzzTest: %d operations of the OpenAPI documents%n", operations.size());
        grammar = new FuzzGrammar(operations, persons, findings, cursors, Long.toString(seed, 36));
    }

    private JsonNode openApi(String service) throws IOException {
        return EventJson.mapper().readTree(hostile.management(service).get("/q/openapi", "format", "json").with(200).body());
    }

    /// Request `number` of this seed: one in eight as it should be, the others changed.
    private FuzzRequest request(long number) {
        var random = new Random(seed * 0x9E3779B97F4A7C15L + number * 0xD1B54A32D192ED03L);
        var request = grammar.request(random, number);
        return random.nextInt(8) == 0 ? request : new FuzzMutations(random).of(request);
    }

    private void fuzz(Map<String, String> before) throws InterruptedException, ExecutionException {
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Callable<Void>>();
            for (int i = 0; i < SENDERS; i++) {
                all.add(() -> {
                    try {
                        send(new Sender(), before);
                    } finally {
                        end = Instant.now();
                    }
                    return null;
                });
            }
            for (var sender : senders.invokeAll(all)) {
                sender.get();
            }
        }
    }

    private void send(Sender sender, Map<String, String> before) throws IOException {
        while (Instant.now().isBefore(end)) {
            long number = numbers.getAndIncrement();
            sender.send(number, request(number));
            if (number % 500 == 0 && !hostile.processes().equals(before)) {
                faults.putIfAbsent("restart", new Fault("a process restarted; the last requests: " + sender.last, number,
                        sender.last.getLast(), new LongAdder()));
                return;
            }
        }
    }

    /// One client with one connection at a time.
    private final class Sender {
        private final Map<Door, FuzzConnection> open = new HashMap<>();
        private final Deque<FuzzRequest> last = new ArrayDeque<>();

        void send(long number, FuzzRequest request) throws IOException {
            last.add(request);
            if (last.size() > 8) {
                last.remove();
            }
            var fault = fault(request, true);
            if (fault != null) {
                var place = fault.replaceAll("\\d+ ms|\"[^\"]*\"", "") + " " + request.door() + " " + request.method() + " "
                        + request.target().replaceAll("[?].*|[^a-z/].*", "");
                var known = faults.get(place);
                if (known == null) {
                    faults.putIfAbsent(place, new Fault(fault, number, faults.size() < FAULTS_SHOWN ? smallest(request, fault)
                            : request, new LongAdder()));
                    known = faults.get(place);
                }
                known.times.increment();
            }
        }

        /// What is wrong with the answer, if anything.
        private @Nullable String fault(FuzzRequest request, boolean counts) throws IOException {
            Response response;
            try {
                response = exchange(request);
            } catch (IOException e) {
                count(counts, request.isWhole() ? "none" : "none due");
                return request.isWhole() ? "no answer: " + e.getMessage() : null;
            }
            if (counts) {
                count(true, response.status() / 100 + "xx" + (response.status() >= 400 ? " " + response.status() : "")
                        + (response.status() == 503 ? " " + code(response) : ""));
                note(response);
            }
            if (response.status() == 500 || response.status() == 502 || response.status() == 504) {
                return Integer.toString(response.status());
            }
            if (response.status() == 503) {
                return response.headers().containsKey("retry-after") ? stays(request, response) : "503 without Retry-After";
            }
            return response.status() < 400 || request.headOnly() ? null : notAProblem(request, response);
        }

        private Response exchange(FuzzRequest request) throws IOException {
            var head = request.head(FuzzTest.this::token);
            var kept = request.isWhole() ? open.remove(request.door()) : null;
            if (kept != null) {
                try {
                    return exchange(kept, request, head);
                } catch (IOException closedMeanwhile) {
                    kept.close();
                }
            }
            return exchange(FuzzConnection.open(ports.get(request.door()), request.isWhole() ? ANSWER_LIMIT : GRACE), request, head);
        }

        private Response exchange(FuzzConnection connection, FuzzRequest request, byte[] head) throws IOException {
            Response response = null;
            try {
                response = connection.exchange(head, request.framedBody(), request.headOnly());
                return response;
            } finally {
                if (response != null && response.reusable() && request.isWhole()) {
                    open.put(request.door(), connection);
                } else {
                    connection.close();
                }
            }
        }

        /// Asks again when it is told to; says what stays busy, if it does.
        private @Nullable String stays(FuzzRequest request, Response busy) {
            var until = Instant.now().plus(BUSY_LIMIT);
            var last = busy;
            while (last.status() == 503 && Instant.now().isBefore(until)) {
                LockSupport.parkNanos(Duration.ofSeconds(Long.parseLong(last.headers().getOrDefault("retry-after", "1"))).toNanos());
                try {
                    last = exchange(request);
                } catch (IOException unanswered) {
                    return "no answer after 503 " + code(last) + ": " + unanswered.getMessage();
                }
            }
            return last.status() == 503 ? "503 that stays: " + code(last) : null;
        }

        /// Leaves out what can be left out, as long as the same is wrong.
        private FuzzRequest smallest(FuzzRequest request, String fault) throws IOException {
            var smallest = request;
            int tries = SIMPLIFICATIONS;
            var until = Instant.now().plus(SIMPLIFYING_LIMIT);
            // What may be answered late, is not asked again and again.
            boolean smaller = !fault.startsWith("no answer") && !fault.startsWith("503");
            while (smaller && tries > 0) {
                smaller = false;
                for (var simpler : simpler(smallest)) {
                    if (tries-- > 0 && Instant.now().isBefore(until) && fault.equals(fault(simpler, false))) {
                        smallest = simpler;
                        smaller = true;
                        break;
                    }
                }
            }
            return smallest;
        }
    }

    private static List<FuzzRequest> simpler(FuzzRequest request) {
        var all = new ArrayList<FuzzRequest>();
        int length = request.body().length;
        if (length > 0) {
            all.add(request.withBody(new byte[0]));
            all.add(request.withBody(Arrays.copyOf(request.body(), length / 2)));
            all.add(request.withBody(Arrays.copyOfRange(request.body(), length / 2, length)));
        }
        for (int i = 0; i < Math.min(20, request.headers().size()); i++) {
            var fewer = new ArrayList<Header>(request.headers());
            fewer.remove(i);
            all.add(request.withHeaders(fewer));
        }
        int query = request.target().indexOf('?');
        if (query > 0) {
            all.add(request.withTarget(request.target().substring(0, query)));
            int and = request.target().indexOf('&');
            if (and > 0) {
                all.add(request.withTarget(request.target().substring(0, query + 1) + request.target().substring(and + 1)));
                all.add(request.withTarget(request.target().substring(0, request.target().lastIndexOf('&'))));
            }
        }
        if (request.framing() == FuzzRequest.Framing.CHUNKED) {
            all.add(request.withFraming(FuzzRequest.Framing.LENGTH));
        }
        return all;
    }

    private static @Nullable String notAProblem(FuzzRequest request, Response response) {
        boolean unrouted = request.door() != Door.GATEWAY && !request.isUsual() && response.body().length == 0 && UNROUTED.contains(response.status());
        return unrouted || isProblem(response) ? null : response.status() + " without a problem document";
    }

    private static String code(Response response) {
        return isProblem(response) ? response.answer().json().path("code").asText() : "no problem";
    }

    private static boolean isProblem(Response response) {
        try {
            var text = new String(response.body(), UTF_8);
            var problem = EventJson.mapper().readTree(text);
            return response.headers().getOrDefault("content-type", "").startsWith("application/problem+json") && problem.path("status")
                    .asInt() == response.status()
                    && !problem.path("code").asText().isEmpty() && !text.contains("Exception") && !text.contains("\tat ");
        } catch (IOException notJson) {
            return false;
        }
    }

    private void count(boolean counts, String what) {
        if (counts) {
            answers.computeIfAbsent(what, _ -> new LongAdder()).increment();
        }
    }

    /// What was accepted must be there at the end.
    private void note(Response response) {
        if (response.status() >= 300 || !response.headers().getOrDefault("content-type", "").startsWith("application/json")) {
            return;
        }
        var answer = response.answer().json();
        answer.path("items").forEach(item -> {
            if (item.path("status").asText().equals("accepted")) {
                accepted.add(new Accepted(item.path("source").asText(), item.path("id").asText(), item.path("position").asText()));
            }
        });
        if (answer.has("refusals")) {
            imported.add(answer.path("accepted").asLong());
        }
    }

    private String token(String caller) {
        var stack = hostile.stack();
        var token = caller.startsWith("/") ? stack.source(caller).token() : stack.as(caller).token();
        return token == null ? caller : token;
    }

    private void print() {
        var counts = new TreeMap<String, Long>();
        answers.forEach((what, times) -> counts.put(what, times.sum()));
        System.out.printf("FuzzTest: %,d requests in %d s, seed %d; answers: %s; %,d events accepted, %,d of imports; %d kinds of faults%n",
                numbers.get(), FOR.toSeconds(), seed,
                counts, accepted.size(), imported.sum(), faults.size());
    }

    private void nothingIsLost(Stack stack, long readBefore) {
        removeRules(stack);
        var status = hostile.caughtUp(Instant.now());
        assertThat(read(status) - readBefore).as("records of accepted events").isGreaterThanOrEqualTo(accepted.stream()
                .map(Accepted::position).distinct().count() + imported.sum());
        var ends = new HashMap<String, Long>();
        status.path("checkpoints").forEach(checkpoint -> ends.put(checkpoint.path("topic").asText() + "-" + checkpoint.path("partition")
                .asText(), checkpoint.path("next").asLong()));
        var all = List.copyOf(accepted);
        assertThat(all).as("accepted beyond the end of what is projected")
                .allMatch(one -> Long.parseLong(one.position.substring(one.position.indexOf(':') + 1))
                < ends.get(one.position.substring(0, one.position.indexOf(':'))));
        for (int i = 0; i < all.size(); i += 1 + all.size() / RECEIPTS) {
            var one = all.get(i);
            var receipt = stack.as("operator").get("/v1/receipts", "source", one.source, "id", one.id, "position",
                    one.position).with(200).json();
            assertThat(receipt.path("status").asText()).as("receipt of %s", one).isIn("projected", "duplicate", "conflict", "control");
        }
        stack.command("audit", "positions").exits(0);
    }

    private static void removeRules(Stack stack) {
        var rules = stack.as("analyst").get("/v1/rules").with(200).json().path("items").valueStream().map(rule -> rule.path("id")
                .asText()).toList();
        rules.stream().filter(id -> id.startsWith("fuzz-")).forEach(id -> stack.as("analyst").send("/v1/rules/" + id,
                request -> request.DELETE()));
    }

    private static long read(JsonNode status) {
        return status.path("checkpoints").valueStream().mapToLong(checkpoint -> checkpoint.path("next").asLong()).sum();
    }
}
