package io.throughline.journey.run;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while it projects, evaluates and answers; else the reason. Warnings are said either way.
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
        if (!trouble.isEmpty()) {
            response.withData("trouble", trouble);
        }
        var warnings = projector.warnings();
        if (!warnings.isEmpty()) {
            response.withData("warnings", String.join(" ", warnings));
        }
        return response.build();
    }
}
