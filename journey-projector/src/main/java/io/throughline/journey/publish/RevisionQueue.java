package io.throughline.journey.publish;

import io.throughline.journey.publish.FindingTopic.Refused;
import java.util.List;
import java.util.function.Function;

/// Revisions that are waiting to be published, in the order in which they were reached.
public interface RevisionQueue {

    /// Hands the oldest revisions to `publisher`, and forgets them when it returns: whatever happens, none is forgotten before. What it answers
    /// as refused is kept aside with the reason. Only one caller in the world has the queue at a time; another one gets nothing.
    ///
    /// @param limit most revisions; they are fewer where they are large
    /// @return how many there were
    int publishNext(int limit, Function<List<Revision>, List<Refused>> publisher);

    /// Puts what was refused back to be tried again.
    void retryRefused();
}
