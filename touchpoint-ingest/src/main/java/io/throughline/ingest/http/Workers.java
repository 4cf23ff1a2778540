package io.throughline.ingest.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;

/// Where the work of a request is done: at once on the event loop while there is little of it, else by few workers, so that no
/// body that may be sent keeps the event loop from the other callers. What waits for a worker is bounded by the
/// [io.throughline.ingest.Budget].
@Singleton
final class Workers {

    /// Work on so many bytes of JSON is done at once. Measured: the worst that is permitted (short numbers) takes 120 ms a MiB on its
    /// way to the log, so 8 ms; a batch of a hundred events as channels send them has 40 KiB.
    static final int SMALL_BYTES = 64 * 1024;

    private final WorkerExecutor workers;

    Workers(Vertx vertx) {
        this.workers = vertx.createSharedWorkerExecutor("large-requests", Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    <T> Future<T> run(boolean large, Callable<T> work) {
        if (large) {
            return workers.executeBlocking(work, false);
        }
        try {
            return Future.succeededFuture(work.call());
        } catch (Exception failure) {
            return Future.failedFuture(failure);
        }
    }
}
