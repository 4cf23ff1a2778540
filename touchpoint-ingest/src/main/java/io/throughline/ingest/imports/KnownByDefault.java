package io.throughline.ingest.imports;

import io.throughline.events.CloudEvent;
import io.throughline.events.KnownTime;

/// When the company knew of the events of an import that do not say so themselves. All of an import is recorded now, whenever it happened and
/// became known, so the time of the record says nothing.
public enum KnownByDefault {
    UNKNOWN,
    /// At once, each when it occurred: of systems that made the events as they happened.
    OCCURRED;

    /// Its content hash stays: imported again, whatever is then said by default, an event is the same.
    CloudEvent in(CloudEvent event) {
        var attributes = event.attributes();
        if (attributes.knownTime() != KnownTime.WHEN_RECORDED) {
            return event;
        }
        return event.with(attributes.known(this == OCCURRED ? new KnownTime.Stated(attributes.time()) : KnownTime.UNKNOWN));
    }
}
