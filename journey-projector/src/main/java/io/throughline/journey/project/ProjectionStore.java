package io.throughline.journey.project;

import java.util.Collection;
import java.util.List;

/// Where a worker keeps what it projects. Everything of a call is visible together, or not at all.
public interface ProjectionStore {

    /// Makes the caller the owner of these partitions: counts their epochs up and answers where to go on.
    List<Checkpoint> take(Collection<Integer> partitions);

    /// Stores a batch behind its fence: first the checkpoints, then events, marks, and what is kept aside.
    ///
    /// @throws FencedException when a checkpoint is not the one named by `from` and `epoch`; nothing is kept
    /// @throws io.throughline.journey.StoreException when the store does not take it; nothing is kept
    void project(Collection<Advance> advances, BatchPlan plan);
}
