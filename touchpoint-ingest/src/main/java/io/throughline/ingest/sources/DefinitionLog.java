package io.throughline.ingest.sources;

import io.throughline.events.definition.DefinitionRecord;
import java.util.Optional;

/// The topic `definitions`, followed by this instance: whatever lies there evolves its [SourceRegistry].
public interface DefinitionLog {

    /// Why not everything that lay there at the start was read yet, for people; empty from then on.
    Optional<String> unread();

    /// Appends one record and waits until this instance has read it back. Blocks for seconds at most.
    ///
    /// @return what is in force because of it; empty where another record was first
    /// @throws io.throughline.ingest.Refusal `outcome-unknown` when it was not read back in time: it may come into force all the same
    Optional<SourceState> append(DefinitionRecord record) throws InterruptedException;
}
