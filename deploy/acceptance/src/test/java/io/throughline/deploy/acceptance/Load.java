package io.throughline.deploy.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Events written to a log at a steady rate, in a thread of its own, until all are written or the test has seen enough.
final class Load implements AutoCloseable {
    private static final int PER_PORTION = 20;

    private final AtomicBoolean ended = new AtomicBoolean();
    private final CompletableFuture<Integer> written;
    private final long begun = System.nanoTime();

    private Load(List<? extends JsonNode> events, TouchpointLog log, int perSecond) {
        this.written = CompletableFuture.supplyAsync(() -> write(events, log, Duration.ofSeconds(PER_PORTION).dividedBy(perSecond)));
    }

    static Load begin(List<? extends JsonNode> events, TouchpointLog log, int perSecond) {
        return new Load(events, log, perSecond);
    }

    private int write(List<? extends JsonNode> events, TouchpointLog log, Duration pause) {
        int next = 0;
        while (next < events.size() && !ended.get()) {
            int end = Math.min(events.size(), next + PER_PORTION);
            log.write(events.subList(next, end));
            next = end;
            LockSupport.parkNanos(pause.toNanos());
        }
        return next;
    }

    Duration lasted() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /// Ends the load.
    /// @return events written
    int end() {
        ended.set(true);
        return written.join();
    }

    @Override
    public void close() {
        end();
    }
}
