package io.throughline.ingest.sources;

import io.throughline.events.definition.SourceDefinition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What somebody wants changed about one source.
public sealed interface SourceChange {

    String name();

    /// The version on which the wish was based; `null` where any will do.
    @Nullable Long expected();

    /// The name of the key that asks.
    String by();

    Instant at();

    record Register(SourceDefinition definition, @Nullable Long expected, String by, Instant at) implements SourceChange {
        @Override
        public String name() {
            return definition.name();
        }
    }

    record Remove(String name, @Nullable Long expected, String by, Instant at) implements SourceChange {}
}
