package io.throughline.journey.publish;

import java.util.List;

/// The topic `findings`.
public interface FindingTopic extends AutoCloseable {

    /// A revision that the topic will not take, however often it is sent.
    record Refused(Revision revision, String reason) {}

    /// Returns when all in-sync replicas have all of them but those that the topic refuses; throws when another is not known to be there.
    ///
    /// @return what it refuses
    List<Refused> publish(List<Revision> revisions);

    @Override
    void close();
}
