package io.throughline.ingest.sources;

import io.throughline.ingest.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/// Changes the register: writes to the log first, and answers once this instance has read the change back and works by it.
public final class Registrar {

    private final SourceRegistry registry;
    private final DefinitionLog log;
    private final Supplier<String> ids;
    private final Executor turns;

    /// @param ids gives an id for a record, never the same twice
    /// @param turns runs one change at a time and may refuse what is too much: changes that race here would only get in each other's way
    public Registrar(SourceRegistry registry, DefinitionLog log, Supplier<String> ids, Executor turns) {
        this.registry = registry;
        this.log = log;
        this.ids = ids;
        this.turns = turns;
    }

    /// What came of a change.
    ///
    /// @param created whether nothing was registered before
    public record Change(SourceState state, boolean created) {}

    /// Never blocks. What is true already is not written again.
    ///
    /// @return fails with a [io.throughline.ingest.Refusal] of [SourceRegistry#decide], of the log, or `log-busy`
    public CompletionStage<Change> make(SourceChange change) {
        var made = new CompletableFuture<Change>();
        try {
            turns.execute(() -> settle(made, change));
        } catch (RejectedExecutionException _) {
            made.completeExceptionally(ErrorCode.LOG_BUSY.refusal("Too many changes are waiting. Nothing of this one was taken: send it again in a moment."));
        }
        return made;
    }

    private void settle(CompletableFuture<Change> made, SourceChange change) {
        try {
            made.complete(write(change));
        } catch (InterruptedException | RuntimeException failure) {
            made.completeExceptionally(failure);
        }
    }

    private Change write(SourceChange change) throws InterruptedException {
        while (true) {
            var before = registry.state(change.name());
            var record = registry.decide(change, ids.get());
            if (record.isEmpty()) {
                return new Change(before, false);
            }
            var inForce = log.append(record.get());
            if (inForce.isPresent()) {
                return new Change(inForce.get(), !(before instanceof SourceState.Registered));
            }
            // Another instance wrote this version first: decided again, on what it wrote. Where one loses another has won, so this ends.
        }
    }
}
