package io.throughline.deploy.acceptance;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Events written to a log at a steady rate, in a thread of its own, until all are written or the test has seen enough.
final class Load implements AutoCloseable {
    private static final int PER_PORTION = 20;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger written = new AtomicInteger();
    private final CompletableFuture<Void> writing;
    private final long begun = System.nanoTime();

    private Load(List<? extends JsonNode> events, TouchpointLog log, int perSecond) {
        // Not the common pool: on two cores that is one thread, which also tells when a process has ended.
        this.writing = CompletableFuture.runAsync(() -> write(events, log, Duration.ofSeconds(PER_PORTION).dividedBy(perSecond)), Thread.ofVirtual()::start);
    }

    static Load begin(List<? extends JsonNode> events, TouchpointLog log, int perSecond) {
        return new Load(events, log, perSecond);
    }

    private void write(List<? extends JsonNode> events, TouchpointLog log, Duration pause) {
        int next = 0;
        while (next < events.size() && !ended.get()) {
            int end = Math.min(events.size(), next + PER_PORTION);
            log.write(events.subList(next, end));
            next = end;
            written.set(next);
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    /// Events that the broker has.
    int written() {
        return written.get();
    }

    void awaitWritten(int events) {
        await().atMost(LIMIT).until(() -> written() >= events);
    }

    Duration lasted() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /// Ends the load.
    /// @return events written
    int end() {
        ended.set(true);
        writing.join();
        return written();
    }

    @Override
    public void close() {
        end();
    }
}
