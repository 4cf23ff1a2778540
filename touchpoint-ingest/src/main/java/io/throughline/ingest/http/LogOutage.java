package io.throughline.ingest.http;

import io.throughline.ingest.ErrorCode;
import io.throughline.ingest.TouchpointLog;
import io.throughline.ingest.sources.DefinitionLog;
import jakarta.inject.Singleton;

/// Turns callers away at the door while the log cannot take what they bring, or what it says about sources is not known yet:
/// before their bodies cost anything.
@Singleton
final class LogOutage {

    private final TouchpointLog touchpoints;
    private final DefinitionLog definitions;

    LogOutage(TouchpointLog touchpoints, DefinitionLog definitions) {
        this.touchpoints = touchpoints;
        this.definitions = definitions;
    }

    /// @throws io.throughline.ingest.Refusal `log-unavailable`
    void refuse() {
        touchpoints.outage().or(definitions::unread).ifPresent(reason -> {
            throw ErrorCode.LOG_UNAVAILABLE.refusal("Nothing of this request was taken: send it again later. " + reason);
        });
    }
}
