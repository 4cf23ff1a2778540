package io.throughline.ingest;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The bytes that all requests together may hold: bodies being read, and events the log has not acknowledged yet.
///
/// When the log is slow this fills, and callers are told; the heap does not grow. No caller may hold more than half of it: one
/// that sends far more than others is told so, and the others go on. Safe for all threads.
public final class Budget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();
    /// One entry for each caller that ever came: there are as many as keys.
    private final Map<String, AtomicLong> byCaller = new ConcurrentHashMap<>();

    public Budget(long limit) {
        if (limit < 2) {
            throw new IllegalArgumentException("the memory for requests must be at least two bytes");
        }
        this.limit = limit;
    }

    public long used() {
        return used.get();
    }

    /// Opens an empty share, to be grown as bytes arrive and closed when the request is answered.
    ///
    /// @param caller the id of the key
    public Share open(String caller) {
        return new Share(caller, byCaller.computeIfAbsent(caller, _ -> new AtomicLong()));
    }

    /// What one request holds.
    public final class Share implements AutoCloseable {

        private final String caller;
        private final AtomicLong ofCaller;
        private final AtomicLong held = new AtomicLong();

        private Share(String caller, AtomicLong ofCaller) {
            this.caller = caller;
            this.ofCaller = ofCaller;
        }

        /// @throws Refusal `caller-busy` when the caller would hold more than half of the budget, `log-busy` when all shares
        ///         together would exceed it; the share stays as it was
        public void grow(long bytes) {
            if (ofCaller.addAndGet(bytes) > limit / 2) {
                ofCaller.addAndGet(-bytes);
                throw ErrorCode.CALLER_BUSY.refusal("The key " + caller + " has as much waiting here as one key may have."
                        + " Nothing of this request was taken: send it again when others of yours are answered.");
            }
            if (used.addAndGet(bytes) > limit) {
                used.addAndGet(-bytes);
                ofCaller.addAndGet(-bytes);
                throw ErrorCode.LOG_BUSY.refusal(
                        "More is waiting for the log than there is memory for. Nothing of this request was taken: send it again in a moment.");
            }
            held.addAndGet(bytes);
        }

        /// The same as [#giveBack]: closing again does nothing.
        @Override
        public void close() {
            giveBack();
        }

        /// Gives back all that it holds. It may grow again.
        public void giveBack() {
            long back = held.getAndSet(0);
            used.addAndGet(-back);
            ofCaller.addAndGet(-back);
        }
    }
}
