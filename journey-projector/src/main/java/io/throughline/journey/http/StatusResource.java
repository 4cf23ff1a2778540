package io.throughline.journey.http;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.throughline.journey.access.Roles;
import io.throughline.journey.query.Journeys.Snapshot;
import io.throughline.journey.query.Status;
import io.throughline.journey.run.Projector;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;

/// How the projection stands: checkpoints, lag, evaluation time, counts.
@Path("/v1/status")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.AGENT, Roles.LEAD, Roles.OPERATOR, Roles.PRIVACY, Roles.ADMIN})
class StatusResource {

    /// Shorter than workers wait at a lock before they give up and start again.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Projector projector;
    private final Turns turns;

    StatusResource(Projector projector, Turns turns) {
        this.projector = projector;
        this.turns = turns;
    }

    @GET
    public Status status(@Context UriInfo uri) {
        Parameters.of(uri);
        return turns.status(() -> projector.statusReads().read(Snapshot::status));
    }

    /// @param digests what journeys and verdicts amount to, 64 hex digits each
    record SettledView(int generation, SortedMap<String, Long> positions, Instant evaluatedAt, long persons, long touchpoints, Digests digests) {
        record Digests(String journeys, String verdicts) {}
    }

    /// Brings the projection to rest for a moment, and answers its digests at the positions and the time that were then fixed.
    @POST
    @Path("/settle")
    @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
    public SettledView settle(@Context UriInfo uri) {
        Parameters.of(uri);
        var settled = turns.status(() -> projector.settling().settle(PATIENCE));
        return new SettledView(settled.generation(), settled.positions(), settled.evaluatedAt(), settled.persons(), settled.touchpoints(),
                new SettledView.Digests(settled.journeys().toString(), settled.verdicts().toString()));
    }
}
