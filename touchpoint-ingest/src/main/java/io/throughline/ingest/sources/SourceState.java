package io.throughline.ingest.sources;

import io.throughline.events.definition.SourceDefinition;
import io.throughline.ingest.Position;
import java.time.Instant;

/// What the log says about one source. Versions run on over removals: what was registered again is not what was registered before.
public sealed interface SourceState {

    /// Of a source that the log does not mention.
    SourceState NONE = new Removed(0);

    /// The last version on the log; 0 where there is none.
    long version();

    /// @param by the name of the key that asked for it, `at` when
    /// @param position of this version on the log
    record Registered(SourceDefinition definition, long version, String by, Instant at, Position position) implements SourceState {}

    record Removed(long version) implements SourceState {}

    /// Written by a later version of ours, or by somebody else. It counts as a version and is otherwise as if the source were not registered.
    ///
    /// @param reason without contents
    record Unreadable(long version, String reason) implements SourceState {}
}
