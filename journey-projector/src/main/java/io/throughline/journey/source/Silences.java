package io.throughline.journey.source;

import io.throughline.journey.finding.Finding;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Where it is kept what sources promise, when they were heard, and what was told of their silences.
public interface Silences {

    /// Decides on revisions, given the sources that promise a sign of life, what was told of them, and the evaluation time: see [SourceSilence#revisions].
    @FunctionalInterface
    interface Judge {
        List<Finding> revisions(Collection<SourceHealth> sources, Collection<Finding> told, Instant at);
    }

    /// Has the sources judged, and writes and queues the revisions, in one transaction. Only one caller in the world does so at a time;
    /// another one does nothing.
    ///
    /// @return how many revisions there were
    int judge(Judge judge);
}
