package io.throughline.journey.definition;

import io.throughline.events.definition.DefinitionRecord;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The log of definitions, read from the position that the store names.
public interface DefinitionLog extends AutoCloseable {

    /// One record of it; `null` where it is none that we can read.
    record Entry(long offset, @Nullable DefinitionRecord definition) {}

    /// The next records; none when there are none within `timeout`.
    List<Entry> poll(Duration timeout);

    void seek(long offset);

    /// Where the next record will lie.
    long end();

    @Override
    void close();
}
