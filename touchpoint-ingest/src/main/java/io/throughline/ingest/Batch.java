package io.throughline.ingest;

import io.throughline.events.access.Principal;
import io.throughline.events.json.Violation;
import io.throughline.ingest.Admission.Decision;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A batch on its way to the log, a part of it at a time: of its events only those of one part stand in memory as trees of
/// JSON, which are many times as large as their text.
public final class Batch {

    /// Of the text of the events that are decided together.
    private static final int PART_BYTES = 64 * 1024;
    /// In one answer: a sender learns the first faults of a batch, not a report many times as large as the batch.
    private static final int MAX_VIOLATIONS = 1000;
    private static final List<Violation> NOT_LISTED =
            List.of(new Violation("", "has warnings, as many before it: send it in a smaller batch to see them, which is harmless"));

    private final Admission admission;
    private final Intake intake;
    private final Principal caller;
    private final Instant now;
    private int violations;

    public Batch(Admission admission, Intake intake, Principal caller, Instant now) {
        this.admission = admission;
        this.intake = intake;
        this.caller = caller;
        this.now = now;
    }

    /// @return one outcome an item, in the same order, once the log has answered for all of them; fails when the vault does
    public CompletionStage<List<Outcome>> take(List<ByteBuffer> items) {
        var parts = new ArrayList<CompletableFuture<List<Outcome>>>();
        for (int from = 0; from < items.size();) {
            int to = end(items, from);
            parts.add(intake.take(items.subList(from, to).stream().map(this::decide).toList()).toCompletableFuture());
            from = to;
        }
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(_ -> parts.stream().flatMap(part -> part.join().stream()).toList());
    }

    private static int end(List<ByteBuffer> items, int from) {
        int to = from;
        for (int bytes = 0; to < items.size() && bytes < PART_BYTES; to++) {
            bytes += items.get(to).remaining();
        }
        return to;
    }

    private Decision decide(ByteBuffer item) {
        var decision = admission.decide(item, caller, now);
        if (decision instanceof Decision.Rejected(var source, var id, var problem) && problem.errors() != null) {
            violations += problem.errors().size();
            return violations <= MAX_VIOLATIONS ? decision : new Decision.Rejected(source, id, problem.withoutErrors());
        }
        if (decision instanceof Decision.Accepted(var event, var unregisteredType, var warnings) && !warnings.isEmpty()) {
            violations += warnings.size();
            return violations <= MAX_VIOLATIONS ? decision : new Decision.Accepted(event, unregisteredType, NOT_LISTED);
        }
        return decision;
    }
}
