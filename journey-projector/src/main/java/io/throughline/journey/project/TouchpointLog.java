package io.throughline.journey.project;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// The log as one worker reads it: the partitions that are assigned to it, from the positions that the store names.
public interface TouchpointLog extends AutoCloseable {

    /// Told from within [#poll], on the caller's thread.
    interface Owner {
        /// @return the offset to read each partition from
        Map<Integer, Long> taken(Collection<Integer> partitions);

        void lost(Collection<Integer> partitions);
    }

    /// The next records, in order within each partition; none when there are none within `timeout`.
    List<Decoded> poll(Duration timeout);

    /// The ends of the assigned partitions, asked of the broker now: every record before one of them can be polled.
    ///
    /// @throws SilentLogException when the broker does not answer
    Map<Integer, Long> ends();

    @Override
    void close();
}
