package io.throughline.ingest.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A body of any length as a blocking stream, for a virtual thread. The connection is paused while the reader is behind,
/// so that the caller waits and memory does not grow. It may take any time, as long as it moves while the reader waits for it.
final class BodyStream extends InputStream {

    /// A chunk is at most what the socket gives at once, 64 KiB; so this bounds what is held to 320 KiB.
    private static final int HIGH_WATER = 256 * 1024;
    private static final int LOW_WATER = 64 * 1024;
    /// The slowest that a body may come: so many bytes in so much time of waiting for it, which is 1 KiB a second.
    static final Duration WINDOW = Duration.ofSeconds(30);
    private static final long WINDOW_BYTES = 30 * 1024;

    private final HttpServerRequest request;
    private final Context eventLoop;
    private final long windowNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private int queued;
    private boolean paused;
    private boolean ended;
    private @Nullable IOException broken;
    private int at;
    private long arrivedInWindow;
    private long waitedInWindow;
    private volatile boolean tooSlow;

    /// To be made on the event loop of the request, before it has been read from.
    ///
    /// @param window over which its pace is taken: [#WINDOW]
    BodyStream(HttpServerRequest request, Context eventLoop, Duration window) {
        this.request = request;
        this.eventLoop = eventLoop;
        this.windowNanos = window.toNanos();
        request.handler(this::arrive);
        request.endHandler(_ -> end(null));
        request.exceptionHandler(cause -> end(new IOException("the caller went away", cause)));
        request.resume();
    }

    private void arrive(Buffer chunk) {
        lock.lock();
        try {
            chunks.add(chunk.getBytes());
            queued += chunk.length();
            arrivedInWindow += chunk.length();
            if (queued > HIGH_WATER && !paused) {
                paused = true;
                request.pause();
            }
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable IOException cause) {
        lock.lock();
        try {
            ended = true;
            broken = cause;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        lock.lock();
        try {
            while (chunks.isEmpty() && !ended) {
                awaitArrival();
            }
            if (!chunks.isEmpty()) {
                return take(into, offset, length);
            }
            if (broken != null) {
                throw broken;
            }
            return -1;
        } catch (InterruptedException _) {
            throw new InterruptedIOException("interrupted while waiting for the body");
        } finally {
            lock.unlock();
        }
    }

    /// Only waiting counts: a reader that is held up by the log is no fault of the caller.
    private void awaitArrival() throws InterruptedException {
        long began = System.nanoTime();
        arrived.awaitNanos(windowNanos - waitedInWindow);
        waitedInWindow += System.nanoTime() - began;
        if (waitedInWindow >= windowNanos) {
            if (arrivedInWindow < WINDOW_BYTES) {
                tooSlow = true;
                ended = true;
                broken = new IOException("the body came too slowly");
            }
            waitedInWindow = 0;
            arrivedInWindow = 0;
        }
    }

    /// Whether it was ended because it did not move.
    boolean isTooSlow() {
        return tooSlow;
    }

    private int take(byte[] into, int offset, int length) {
        var chunk = chunks.peek();
        int n = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, into, offset, n);
        at += n;
        queued -= n;
        if (at == chunk.length) {
            chunks.remove();
            at = 0;
        }
        if (paused && queued < LOW_WATER) {
            paused = false;
            eventLoop.runOnContext(_ -> request.resume());
        }
        return n;
    }
}
