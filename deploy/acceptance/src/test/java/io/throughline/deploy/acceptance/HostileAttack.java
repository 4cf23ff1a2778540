package io.throughline.deploy.acceptance;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.deploy.acceptance.Client.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// One attack while neighbours live on beside it, and what came of it: a row of the table that is printed at the end.
final class HostileAttack {
    /// For how long the projector may chew on what it was given, at most, while the neighbours are watched.
    private static final Duration AFTERMATH = Duration.ofSeconds(Effort.of(4, 120));
    private static final Duration SETTLED_LIMIT = Duration.ofSeconds(120);
    private static final List<HostileAttack> ALL = new CopyOnWriteArrayList<>();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final int FAULTS_SHOWN = 25;
    private static final int FAULT_SHOWN = 3_000;

    private static String without = "-";

    private final HostileStack hostile;
    private final String name;
    private HostileNeighbours neighbours;
    private final ConcurrentSkipListMap<String, LongAdder> told = new ConcurrentSkipListMap<>();
    private final LongAdder accepted = new LongAdder();
    private String load = "";
    private String with = "-";
    private Map<String, Integer> peaks = Map.of();
    private int restarts;
    private boolean held;

    private HostileAttack(HostileStack hostile, String name) {
        this.hostile = hostile;
        this.name = name;
    }

    /// What an attacker does. It counts what it is told.
    interface Doing {
        void by(HostileAttack attack) throws Exception;
    }

    /// What neighbours see without an attack.
    static void quiet(HostileStack hostile) throws IOException {
        try (var findings = HostileFindings.subscribe(hostile.kafka()); var neighbours = HostileNeighbours.of(hostile, findings, "warm")) {
            await().atMost(HostileNeighbours.LIMIT).until(() -> neighbours.served(2 * HostileNeighbours.ENOUGH));
        }
        try (var findings = HostileFindings.subscribe(hostile.kafka()); var neighbours = HostileNeighbours.of(hostile, findings, "quiet")) {
            await().atMost(HostileNeighbours.LIMIT).until(() -> neighbours.served(2 * HostileNeighbours.ENOUGH));
            assertThat(neighbours.faults()).as("faults without an attack").isEmpty();
            without = neighbours.percentiles();
        }
    }

    /// Runs an attack. Whatever it is: each neighbour's finding becomes visible and is published in time, status and health answer, no
    /// process restarts, memory stays below the bounds, and what was accepted is on the log, projected, and accounted for.
    static void run(String name, Doing doing) throws Exception {
        var hostile = HostileStack.sound();
        var attack = new HostileAttack(hostile, name);
        ALL.add(attack);
        hostile.broken();
        attack.run(doing);
        attack.held = true;
        hostile.unbroken();
    }

    private void run(Doing doing) throws Exception {
        var before = hostile.processes();
        int restartsBefore = hostile.restarts();
        long touchpoints = hostile.stack().status().path("touchpoints").asLong();
        hostile.forgetPeaks();
        var faults = new ArrayList<String>();
        int others;
        try (var findings = HostileFindings.subscribe(hostile.kafka());
                var neighbours = HostileNeighbours.of(hostile, findings, "%d".formatted(NUMBER.incrementAndGet()))) {
            this.neighbours = neighbours;
            try {
                doing.by(this);
                awaitChewed();
                awaitServed();
            } catch (Exception | AssertionError e) {
                faults.add("the attack itself: " + e.getMessage());
            }
            neighbours.close();
            others = neighbours.accepted();
            with = neighbours.percentiles();
            faults.addAll(neighbours.faults());
        } finally {
            peaks = hostile.peaks();
            restarts = hostile.restarts() - restartsBefore;
        }
        var over = peaks.entrySet().stream().filter(peak -> peak.getValue() > HostileStack.BOUNDS.getOrDefault(peak.getKey(),
                Integer.MAX_VALUE)).toList();
        if (!over.isEmpty()) {
            faults.add("resident memory in MiB %s, at most %s".formatted(over, HostileStack.BOUNDS));
        }
        if (!hostile.processes().equals(before)) {
            faults.add("processes were %s, are %s".formatted(before, hostile.processes()));
        }
        none(faults, "faults during \"%s\", whose attacker was told %s".formatted(name, told()));
        nothingIsLost(touchpoints, accepted.sum() + others);
    }

    /// Fails where there are any; says the first of them, each once and in few words.
    static void none(List<String> wrong, String what) {
        var times = new LinkedHashMap<String, Integer>();
        wrong.forEach(one -> times.merge(one.substring(0, Math.min(FAULT_SHOWN, one.length())), 1, Integer::sum));
        if (!wrong.isEmpty()) {
            fail(times.entrySet().stream().limit(FAULTS_SHOWN).map(one -> one.getKey() + (one.getValue() == 1 ? "" : " (" + one.getValue() + " times)"))
                    .collect(joining("\n  ", "%d %s:\n  ".formatted(wrong.size(), what), "")));
        }
    }

    /// Waits until enough neighbours were served since now, or one was not.
    void awaitServed() {
        int before = neighbours.served();
        await().atMost(HostileNeighbours.LIMIT.multipliedBy(3)).until(() -> neighbours.served(before));
    }

    /// Waits until all is evaluated that can be, or the neighbours have been watched for long enough.
    private void awaitChewed() {
        var end = Instant.now().plus(AFTERMATH);
        await().atMost(AFTERMATH.plusSeconds(70)).ignoreExceptionsMatching(Stack::isOutage).until(() -> Instant.now().isAfter(end)
                || isChewed());
    }

    private boolean isChewed() {
        var status = hostile.stack().status();
        return status.path("meta").path("lag").asLong() == 0 && status.path("waiting").asLong() == 0;
    }

    private void nothingIsLost(long before, long due) {
        await().atMost(SETTLED_LIMIT).until(hostile::ready);
        var status = hostile.caughtUp(Instant.now());
        assertThat(status.path("touchpoints").asLong() - before).as("touchpoints of accepted events").isGreaterThanOrEqualTo(due);
        hostile.stack().command("audit", "positions").exits(0);
    }

    HostileStack hostile() {
        return hostile;
    }

    Stack stack() {
        return hostile.stack();
    }

    HostileNeighbours neighbours() {
        return neighbours;
    }

    /// What was done, in words of the table.
    void load(String words, Object... arguments) {
        load = words.formatted(arguments);
    }

    /// Counts what the attacker was told.
    void told(String what) {
        told.computeIfAbsent(what, _ -> new LongAdder()).increment();
    }

    /// Counts the status of an answer, with its problem's code where it is one, or that there was none.
    Answer tell(Supplier<Answer> call) {
        try {
            var answer = call.get();
            told(answer.contentType().equals("application/problem+json") ? answer.status() + " " + answer.json().path("code").asText()
                    : "" + answer.status());
            return answer;
        } catch (UncheckedIOException e) {
            told("no answer (" + e.getCause().getClass().getSimpleName() + ")");
            return new Answer(0, "", "", new byte[0]);
        }
    }

    /// Counts the answers to calls made at once.
    List<Answer> tellAll(List<Supplier<Answer>> calls) throws InterruptedException {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            return callers.invokeAll(calls.stream().<Callable<Answer>>map(call -> () -> tell(call)).toList()).stream()
                    .map(Future::resultNow).toList();
        }
    }

    /// Hands in events in batches as large as they may be. A batch that is not taken now is sent again.
    void post(Client sender, List<? extends JsonNode> events) {
        for (var batch : HostileEvents.batches(events)) {
            await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(500))
                    .until(() -> posted(sender, batch));
        }
    }

    /// Counts the answer to one batch.
    /// @return whether it need not be sent again
    boolean posted(Client sender, HostileEvents.Batch batch) {
        var answer = tell(() -> sender.post("/v1/events", "application/cloudevents-batch+json", batch.body(), "Content-Encoding", "gzip"));
        if (answer.status() == 202 || answer.status() == 207) {
            accepted.add(answer.json().path("items").valueStream().filter(item -> item.path("status").asText().equals("accepted")).count());
        }
        return answer.status() != 503 && answer.status() != 429 && answer.status() != 0;
    }

    long accepted() {
        return accepted.sum();
    }

    private String told() {
        return new TreeMap<>(told).entrySet().stream().map(what -> what.getKey() + " ×" + what.getValue()).collect(joining(", "));
    }

    /// The table, of all attacks so far.
    static void print() {
        System.out.printf("%nHostile neighbours. Others: p50/p99 from three posts until the finding is visible, without an attack %s.%n"
                + "Bounds of resident memory in MiB: %s; of postgres the largest of its processes.%n", without,
                        new TreeMap<>(HostileStack.BOUNDS));
        System.out.printf("%-44s %-58s %-30s %-62s %8s %-6s  %s%n", "ATTACK", "LOAD", "OTHERS p50/p99 WITHOUT → WITH",
                "PEAK MEMORY MiB", "RESTARTS", "", "TOLD");
        for (var attack : ALL) {
            var memory = attack.peaks.entrySet().stream().map(peak -> peak.getKey() + " " + peak.getValue()).collect(joining(", "));
            System.out.printf("%-44s %-58s %-30s %-62s %8d %-6s  %s%n", attack.name, attack.load, without + " → " + attack.with,
                    memory, attack.restarts,
                    attack.held ? "held" : "FAILED", attack.told());
        }
    }

    /// Events that all attackers together had accepted.
    static long acceptedOfAll() {
        return ALL.stream().mapToLong(HostileAttack::accepted).sum();
    }

    static boolean allHeld() {
        return ALL.stream().allMatch(attack -> attack.held);
    }
}
