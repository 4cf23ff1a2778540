package io.throughline.ingest;

import io.throughline.events.definition.SourceDefinition;
import org.jspecify.annotations.Nullable;

/// What is laid down about sources, as far as this instance has read. Asked once for each event: an answer costs one look-up.
@FunctionalInterface
public interface Sources {

    /// @return `null` for a source that nobody registered
    @Nullable SourceDefinition named(String name);
}
