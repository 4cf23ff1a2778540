package io.throughline.deploy.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.deploy.acceptance.Client.Answer;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/// The others, who go on living: new customers one after another, each of whom fails to reset the password three times, which must be
/// found and published; and an operator who looks at status and health.
///
/// Several customers are on their way at a time: where a third of them waits, the other two thirds are seen not to.
final class HostileNeighbours implements AutoCloseable {
    /// In which each finding must be visible and published. Usual are a tenth of a second and two.
    static final Duration LIMIT = Duration.ofSeconds(60);
    /// So many that each of six partitions, and each of three evaluators, most probably has some.
    static final int ENOUGH = Effort.of(6, 15);
    private static final String SOURCE = "/channels/self-service";
    private static final String RULE = "password-reset-spiral";
    /// Roles whose keys no attacker has: what a key takes from itself is its own affair.
    private static final String READER = "agent";
    private static final String OPERATOR = "lead";
    private static final int AT_A_TIME = 3;
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final Duration POLL = Duration.ofMillis(25);

    private final Stack stack;
    private final HostileFindings findings;
    private final String name;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger begun = new AtomicInteger();
    private final ConcurrentLinkedQueue<Duration> visible = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<CompletableFuture<Void>> living = new ArrayList<>();

    private HostileNeighbours(Stack stack, HostileFindings findings, String name) {
        this.stack = stack;
        this.findings = findings;
        this.name = name;
        for (int i = 0; i < AT_A_TIME; i++) {
            living.add(CompletableFuture.runAsync(this::customers, Thread.ofVirtual()::start));
        }
        living.add(CompletableFuture.runAsync(this::operator, Thread.ofVirtual()::start));
    }

    static HostileNeighbours of(HostileStack hostile, HostileFindings findings, String name) {
        return new HostileNeighbours(hostile.stack(), findings, name);
    }

    private void customers() {
        while (!ended.get()) {
            var customer = "neighbour-%s-%d".formatted(name, begun.getAndIncrement());
            try {
                customer(customer);
            } catch (RuntimeException | AssertionError e) {
                faults.add(customer + ": " + e.getMessage());
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    private void customer(String customer) {
        long start = System.nanoTime();
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        for (int i = 0; i < 3; i++) {
            var event = Events.event(SOURCE, customer + "-" + i, "password-reset-failed.v1", "customer:" + customer,
                    now.minusSeconds(3 - i));
            first(start, "an event was not accepted", () -> post(event),
                    answer -> answer.status() == 202 ? Optional.of(answer) : Optional.empty());
            accepted.incrementAndGet();
        }
        var finding = first(start, "no finding", () -> read(customer), HostileNeighbours::finding);
        visible.add(Duration.ofNanos(System.nanoTime() - start));
        while (!findings.has(finding)) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError("the finding was not published within " + LIMIT.toSeconds() + " s");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private Answer post(JsonNode event) {
        return stack.source(SOURCE).send("/v1/events", request -> request.timeout(LIMIT)
                .header("Content-Type", "application/cloudevents+json").POST(BodyPublishers.ofString(event.toString())));
    }

    private Answer read(String customer) {
        return stack.as(READER).send("/v1/journeys?identity=customer:" + customer, request -> request.timeout(LIMIT).GET());
    }

    private static Optional<String> finding(Answer journey) {
        return journey.status() != 200 ? Optional.empty()
                : Told.of(journey.json()).stream().filter(told -> told.rule().equals(RULE)).map(Told::id).findFirst();
    }

    /// Asks, again and again as an honest caller does, for the first answer that has what is wanted.
    ///
    /// @param start from which on the limit counts
    private static <T> T first(long start, String failure, Supplier<Answer> call, Function<Answer, Optional<T>> wanted) {
        var last = "none";
        do {
            try {
                var answer = call.get();
                var found = wanted.apply(answer);
                if (found.isPresent()) {
                    return found.get();
                }
                last = answer.status() + " " + answer.text();
            } catch (UncheckedIOException e) {
                last = e.getMessage();
            }
            LockSupport.parkNanos(POLL.toNanos());
        } while (System.nanoTime() - start < LIMIT.toNanos());
        throw new AssertionError(failure + " within " + LIMIT.toSeconds() + " s; last answer: " + last);
    }

    /// Status and health answer at every look, whatever else is asked.
    private void operator() {
        while (!ended.get()) {
            look(stack.as(OPERATOR), "/v1/status", 200);
            look(stack.client(null), "/q/health/ready", 200, 503);
            LockSupport.parkNanos(BETWEEN.toNanos() * 2);
        }
    }

    private void look(Client client, String path, Integer... permitted) {
        try {
            int status = client.send(path, request -> request.timeout(Duration.ofSeconds(30)).GET()).status();
            if (!List.of(permitted).contains(status)) {
                faults.add(path + " answered " + status);
            }
        } catch (UncheckedIOException e) {
            faults.add(path + " did not answer: " + e.getMessage());
        }
    }

    /// Findings that became visible so far.
    int served() {
        return visible.size();
    }

    /// Whether so many more than `before` have been served, or some were not.
    boolean served(int before) {
        return served() - before >= ENOUGH || !faults.isEmpty();
    }

    /// What was not as it must be.
    List<String> faults() {
        return List.copyOf(faults);
    }

    /// Events that ingest has accepted from them.
    int accepted() {
        return accepted.get();
    }

    /// Of the times in which findings became visible, as in `80/120 ms`.
    String percentiles() {
        var sorted = visible.stream().sorted().toList();
        return sorted.isEmpty() ? "-" : "%d/%d ms".formatted(at(sorted, 50).toMillis(), at(sorted, 99).toMillis());
    }

    private static Duration at(List<Duration> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    @Override
    public void close() {
        ended.set(true);
        living.forEach(CompletableFuture::join);
    }
}
