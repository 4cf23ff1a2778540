package io.throughline.journey.publish;

import java.util.List;
import java.util.function.Consumer;

/// Revisions that are waiting to be published, in the order in which they were reached.
public interface RevisionQueue {

    /// Hands the oldest revisions to `publisher`, and forgets them when it returns: whatever happens, none is forgotten before.
    /// Only one caller in the world has the queue at a time; another one gets nothing.
    ///
    /// @return how many there were
    int publishNext(int limit, Consumer<List<Revision>> publisher);
}
