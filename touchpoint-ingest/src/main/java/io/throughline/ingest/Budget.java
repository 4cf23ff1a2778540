package io.throughline.ingest;

import java.util.concurrent.atomic.AtomicLong;

/// The bytes that all requests together may hold: bodies being read, and events the log has not acknowledged yet.
///
/// When the log is slow this fills, and callers are told; the heap does not grow. Safe for all threads.
public final class Budget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    public Budget(long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the memory for requests must be at least one byte");
        }
        this.limit = limit;
    }

    public long used() {
        return used.get();
    }

    /// Opens an empty share, to be grown as bytes arrive and closed when the request is answered.
    public Share open() {
        return new Share();
    }

    /// What one request holds.
    public final class Share implements AutoCloseable {

        private final AtomicLong held = new AtomicLong();

        private Share() {}

        /// @throws Refusal `log-busy` when all shares together would exceed the budget; the share stays as it was
        public void grow(long bytes) {
            if (used.addAndGet(bytes) > limit) {
                used.addAndGet(-bytes);
                throw ErrorCode.LOG_BUSY.refusal(
                        "More is waiting for the log than there is memory for. Nothing of this request was taken: send it again in a moment.");
            }
            held.addAndGet(bytes);
        }

        /// Gives everything back. Closing again does nothing.
        @Override
        public void close() {
            used.addAndGet(-held.getAndSet(0));
        }
    }
}
