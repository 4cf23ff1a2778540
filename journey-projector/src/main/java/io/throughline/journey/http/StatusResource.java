package io.throughline.journey.http;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.throughline.journey.access.Roles;
import io.throughline.journey.query.Journeys.Snapshot;
import io.throughline.journey.query.Status;
import io.throughline.journey.run.Projector;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// How the projection stands: checkpoints, lag, evaluation time, counts.
@Path("/v1/status")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.AGENT, Roles.LEAD, Roles.OPERATOR, Roles.PRIVACY, Roles.ADMIN})
class StatusResource {

    private final Projector projector;

    StatusResource(Projector projector) {
        this.projector = projector;
    }

    @GET
    public Status status() {
        return projector.journeys().read(Snapshot::status);
    }
}
