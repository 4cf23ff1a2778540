package io.throughline.ingest.http;

import io.throughline.ingest.ErrorCode;
import io.throughline.ingest.TouchpointLog;

/// Turns callers away at the door while the log cannot take events: before their bodies cost anything.
final class LogOutage {

    private LogOutage() {}

    /// @throws io.throughline.ingest.Refusal `log-unavailable`
    static void refuse(TouchpointLog log) {
        log.outage().ifPresent(reason -> {
            throw ErrorCode.LOG_UNAVAILABLE.refusal("Nothing of this request was taken: send it again later. " + reason);
        });
    }
}
