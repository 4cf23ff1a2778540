package io.throughline.journey.definition;

import io.throughline.events.definition.DefinitionRecord;

/// Where definitions are written to.
public interface DefinitionTopic extends AutoCloseable {

    /// Appends one record. Blocks for seconds at most.
    ///
    /// @return its place, once all in-sync replicas have it
    /// @throws RuntimeException where that is not known in time: it may come to lie there all the same
    long append(DefinitionRecord record);

    @Override
    void close();
}
