package io.throughline.ingest.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A body of any length as a blocking stream, for a virtual thread. The connection is paused while the reader is behind,
/// so that the caller waits and memory does not grow.
final class BodyStream extends InputStream {

    /// A chunk is at most what the socket gives at once, 64 KiB; so this bounds what is held to 320 KiB.
    private static final int HIGH_WATER = 256 * 1024;
    private static final int LOW_WATER = 64 * 1024;

    private final HttpServerRequest request;
    private final Context eventLoop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private int queued;
    private boolean paused;
    private boolean ended;
    private @Nullable IOException broken;
    private int at;

    /// To be made on the event loop of the request, before it has been read from.
    BodyStream(HttpServerRequest request, Context eventLoop) {
        this.request = request;
        this.eventLoop = eventLoop;
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
                arrived.await();
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
