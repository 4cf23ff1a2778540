package io.throughline.ingest;

import io.throughline.events.Problem;
import org.jspecify.annotations.Nullable;

/// What became of one event that was handed in.
public sealed interface Outcome {

    /// On the log, on all in-sync replicas.
    record Accepted(String source, String id, Position position) implements Outcome {}

    /// Not on the log, and will not be.
    record Rejected(@Nullable String source, @Nullable String id, Problem problem) implements Outcome {}

    /// Handed to the log and not acknowledged. To be sent again with the same id, which is harmless.
    record Unknown(String source, String id) implements Outcome {}
}
