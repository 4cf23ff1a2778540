package io.throughline.ingest.service;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.throughline.ingest.TouchpointLog;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready when the log takes events; otherwise it says why not.
@Readiness
@Singleton
final class LogReadiness implements AsyncHealthCheck {

    private final TouchpointLog log;

    LogReadiness(TouchpointLog log) {
        this.log = log;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        var response = HealthCheckResponse.named("log");
        log.outage().ifPresentOrElse(reason -> response.down().withData("reason", reason), response::up);
        return Uni.createFrom().item(response.build());
    }
}
