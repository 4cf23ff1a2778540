package io.throughline.ingest.imports;

import io.throughline.events.log.LogRecord;
import io.throughline.ingest.TouchpointLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// What an import has handed to the log and not seen acknowledged yet. The sender waits while it is full.
///
/// What the log fails to acknowledge is kept and handed over again: the same event with the same id has one effect. One sender;
/// acknowledgements come on any thread.
final class Window {

    /// How much may be under way, and for how long the log may stay silent.
    ///
    /// @param bytes of records not acknowledged
    /// @param patience without any acknowledgement before the import gives up
    /// @param pause before handing over again what failed
    record Bounds(long bytes, Duration patience, Duration pause) {}

    /// The log has been silent for too long.
    static final class LogLost extends Exception {
        LogLost() {
            super("no acknowledgement from the log", null, false, false);
        }
    }

    private static final class Sent {
        final long line;
        final LogRecord record;
        final long bytes;
        boolean acknowledged;

        Sent(long line, LogRecord record) {
            this.line = line;
            this.record = record;
            this.bytes = size(record);
        }
    }

    private final TouchpointLog log;
    private final Bounds bounds;
    private final Runnable onAcknowledged;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Sent> inOrder = new ArrayDeque<>();
    private final ArrayDeque<Sent> failed = new ArrayDeque<>();
    private long waitingBytes;
    private long acknowledged;
    private long lastProgress = System.nanoTime();

    /// @param onAcknowledged once a record, on any thread
    Window(TouchpointLog log, Bounds bounds, Runnable onAcknowledged) {
        this.log = log;
        this.bounds = bounds;
        this.onAcknowledged = onAcknowledged;
    }

    /// Hands over the record of a line. Waits for room first; a record larger than the window travels alone.
    void append(long line, LogRecord record) throws LogLost, InterruptedException {
        var sent = new Sent(line, record);
        awaitWhile(() -> waitingBytes > 0 && waitingBytes + sent.bytes > bounds.bytes());
        lock.lock();
        try {
            if (waitingBytes == 0) {
                lastProgress = System.nanoTime();
            }
            inOrder.add(sent);
            waitingBytes += sent.bytes;
        } finally {
            lock.unlock();
        }
        handOver(sent);
    }

    /// Waits until all that was handed over is acknowledged.
    void drain() throws LogLost, InterruptedException {
        awaitWhile(() -> waitingBytes > 0);
    }

    /// How many records the log has acknowledged.
    long acknowledged() {
        lock.lock();
        try {
            return acknowledged;
        } finally {
            lock.unlock();
        }
    }

    /// The last line before the first one still waiting; `last` when none is.
    long acknowledgedThrough(long last) {
        lock.lock();
        try {
            return inOrder.isEmpty() ? last : inOrder.peek().line - 1;
        } finally {
            lock.unlock();
        }
    }

    private void awaitWhile(BooleanSupplier blocked) throws LogLost, InterruptedException {
        for (var again = failuresWhile(blocked); !again.isEmpty(); again = failuresWhile(blocked)) {
            Thread.sleep(bounds.pause());
            again.forEach(this::handOver);
        }
    }

    /// Waits until not `blocked` (empty) or until something failed while blocked (what it was, taken out).
    private List<Sent> failuresWhile(BooleanSupplier blocked) throws LogLost, InterruptedException {
        lock.lock();
        try {
            while (blocked.getAsBoolean()) {
                long patience = bounds.patience().toNanos() - (System.nanoTime() - lastProgress);
                if (patience <= 0) {
                    throw new LogLost();
                }
                if (!failed.isEmpty()) {
                    var again = List.copyOf(failed);
                    failed.clear();
                    return again;
                }
                changed.awaitNanos(patience);
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private void handOver(Sent sent) {
        log.append(sent.record).whenComplete((_, failure) -> {
            if (failure == null) {
                onAcknowledged.run();
            }
            settle(sent, failure == null);
        });
    }

    private void settle(Sent sent, boolean success) {
        lock.lock();
        try {
            if (!success) {
                failed.add(sent);
            } else {
                sent.acknowledged = true;
                acknowledged++;
                waitingBytes -= sent.bytes;
                lastProgress = System.nanoTime();
                while (!inOrder.isEmpty() && inOrder.peek().acknowledged) {
                    inOrder.remove();
                }
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private static long size(LogRecord record) {
        long size = 256L + record.key().length + (record.value() == null ? 0 : record.value().length);
        for (var header : record.headers()) {
            size += 64L + header.value().length;
        }
        return size;
    }
}
