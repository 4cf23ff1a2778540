package io.throughline.journey.publish;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is published of findings, from a place on: every revision, those of one finding in order; after a failure of the publisher some twice.
///
/// For one thread at a time.
public interface FindingTail extends AutoCloseable {

    /// One revision.
    ///
    /// @param place after it: from where to go on
    /// @param value JSON of the finding
    record Told(String place, String value) {}

    /// What comes next, some at a time; empty when nothing does within `timeout`.
    List<Told> poll(Duration timeout);

    /// After all that was polled.
    String place();

    @Override
    void close();

    /// Opens tails.
    interface Source {

        /// @param place as of a former tail, of whatever process; `null`: from what is published `since`, or from now on
        /// @throws IllegalArgumentException where `place` is none
        FindingTail open(@Nullable String place, @Nullable Instant since);
    }
}
