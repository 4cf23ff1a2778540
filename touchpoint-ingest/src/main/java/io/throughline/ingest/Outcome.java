package io.throughline.ingest;

import io.throughline.events.Problem;
import io.throughline.events.json.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one event that was handed in.
public sealed interface Outcome {

    /// On the log, on all in-sync replicas.
    ///
    /// @param warnings what of it no rule of the catalogue will read
    record Accepted(String source, String id, Position position, List<Violation> warnings) implements Outcome {}

    /// Not on the log, and will not be.
    record Rejected(@Nullable String source, @Nullable String id, Problem problem) implements Outcome {}

    /// Handed to the log and not acknowledged. To be sent again with the same id, which is harmless.
    record Unknown(String source, String id) implements Outcome {}
}
