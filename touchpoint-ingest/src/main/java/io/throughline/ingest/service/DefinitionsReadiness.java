package io.throughline.ingest.service;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.throughline.ingest.sources.DefinitionLog;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready once it is known what the log says about sources; until then it says why not.
@Readiness
@Singleton
final class DefinitionsReadiness implements AsyncHealthCheck {

    private final DefinitionLog definitions;

    DefinitionsReadiness(DefinitionLog definitions) {
        this.definitions = definitions;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        var response = HealthCheckResponse.named("definitions");
        definitions.unread().ifPresentOrElse(reason -> response.down().withData("reason", reason), response::up);
        return Uni.createFrom().item(response.build());
    }
}
