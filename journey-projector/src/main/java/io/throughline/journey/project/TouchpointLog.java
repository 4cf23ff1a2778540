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

    /// What one poll brought.
    ///
    /// @param records committed ones, in order within each partition
    /// @param next by assigned partition, the offset to read on from. It lies beyond the last record where the log has offsets without one:
    ///     markers of transactions, records of aborted ones
    record Polled(List<Decoded> records, Map<Integer, Long> next) {}

    /// The next records, bounded in number and in bytes; none when there are none within `timeout`.
    Polled poll(Duration timeout);

    /// The ends of the assigned partitions, asked of the broker now: what was recorded before lies before them, also what is part of a
    /// transaction that is still open and cannot be polled yet.
    ///
    /// @throws SilentLogException when the broker does not answer
    Map<Integer, Long> ends();

    @Override
    void close();
}
