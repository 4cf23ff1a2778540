package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// A channel that posts batches without rest, and again with the same ids until they are accepted.
final class PersistentChannel implements AutoCloseable {
    private static final String SOURCE = "/channels/ivr";
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int BATCH = 10;
    private static final int SENDERS = 4;

    private final Client client;
    private final String name;
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger withoutRetryAfter = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<CompletableFuture<Void>> senders;
    private final long begun = System.nanoTime();

    /// @param name in the ids of its events
    PersistentChannel(Stack stack, String name) {
        this.client = stack.source(SOURCE);
        this.name = name;
        this.senders = IntStream.range(0, SENDERS).mapToObj(sender -> CompletableFuture.runAsync(() -> send(sender), Thread.ofVirtual()::start)).toList();
    }

    private void send(int sender) {
        for (int batch = 0; !ended.get(); batch++) {
            var ids = new ArrayList<String>();
            var body = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < BATCH; i++) {
                var id = "%s-%d-%d-%d".formatted(name, sender, batch, i);
                ids.add(id);
                body.add(Events.event(SOURCE, id, "call-started.v1", "customer:" + name + "-" + batch % 50,
                        Instant.parse("2026-03-02T18:12:00Z").plusSeconds(batch)));
            }
            persist(body.toString().getBytes(UTF_8));
            accepted.addAll(ids);
        }
    }

    /// A batch is sent to its end, also when the channel is closed meanwhile.
    private void persist(byte[] batch) {
        while (!isAccepted(batch)) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private boolean isAccepted(byte[] batch) {
        try {
            var answer = client.post("/v1/events", "application/cloudevents-batch+json", batch);
            if (answer.status() == 503) {
                refused.incrementAndGet();
                withoutRetryAfter.addAndGet(answer.retryAfter().isEmpty() ? 1 : 0);
            }
            return answer.status() == 202;
        } catch (UncheckedIOException unknownOutcome) {
            return false;
        }
    }

    /// Ids of events that were answered `accepted`.
    Set<String> accepted() {
        return accepted;
    }

    void awaitAccepted(int events) {
        await().atMost(LIMIT).until(() -> accepted.size() >= events);
    }

    /// How often somebody was told `503`.
    int refusals() {
        return refused.get();
    }

    int refusalsWithoutRetryAfter() {
        return withoutRetryAfter.get();
    }

    Duration lasted() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /// Ends when the last batch was accepted.
    @Override
    public void close() {
        ended.set(true);
        assertThat(CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new))).succeedsWithin(LIMIT);
    }
}
