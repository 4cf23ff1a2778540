package io.throughline.journey.run;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while it projects, evaluates and answers; else the reason.
@Readiness
@ApplicationScoped
class ProjectionHealth implements HealthCheck {

    private final Projector projector;

    ProjectionHealth(Projector projector) {
        this.projector = projector;
    }

    @Override
    public HealthCheckResponse call() {
        var trouble = projector.trouble();
        var response = HealthCheckResponse.named("projection").status(trouble.isEmpty());
        return trouble.isEmpty() ? response.build() : response.withData("trouble", trouble).build();
    }
}
