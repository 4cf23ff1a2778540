package io.throughline.ingest;

import io.throughline.events.log.LogRecord;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The log of all touchpoints.
public interface TouchpointLog {

    /// Why the log cannot take events now, for people; empty when it can.
    Optional<String> outage();

    /// Hands one record over. Never blocks and never throws; records of one key keep their order.
    ///
    /// @return done when all in-sync replicas have the record; failed when that is not known to be so: the record may be on the log all the same
    CompletableFuture<Position> append(LogRecord record);
}
