package io.throughline.journey.publish;

import java.util.List;

/// The topic `findings`.
public interface FindingTopic extends AutoCloseable {

    /// Returns when all in-sync replicas have all of them; throws when one is not known to be there.
    void publish(List<Revision> revisions);

    @Override
    void close();
}
