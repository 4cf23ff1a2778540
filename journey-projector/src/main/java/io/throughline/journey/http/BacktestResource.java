package io.throughline.journey.http;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.throughline.journey.access.Roles;
import io.throughline.journey.backtest.BacktestView;
import io.throughline.journey.backtest.Backtests;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// Back-tests under way and done. They are started at their rule.
@Path("/v1/backtests/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class BacktestResource {

    private final Backtests backtests;
    private final Turns turns;

    BacktestResource(Backtests backtests, Turns turns) {
        this.backtests = backtests;
        this.turns = turns;
    }

    @GET
    @RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.AGENT, Roles.LEAD, Roles.OPERATOR, Roles.PRIVACY, Roles.ADMIN})
    public BacktestView backtest(@PathParam("id") String id) {
        return turns.read(() -> backtests.view(id));
    }

    /// Ends a back-test early; what it found so far stays readable.
    @DELETE
    @RolesAllowed({Roles.ANALYST, Roles.OPERATOR, Roles.ADMIN})
    public BacktestView cancel(@PathParam("id") String id) {
        return turns.read(() -> backtests.cancel(id));
    }
}
