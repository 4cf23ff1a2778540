package io.throughline.journey.http;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.throughline.events.Money;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import io.throughline.journey.access.Roles;
import io.throughline.journey.backtest.BacktestRequest;
import io.throughline.journey.backtest.BacktestView;
import io.throughline.journey.backtest.Backtests;
import io.throughline.journey.rule.Rule;
import io.throughline.journey.rule.Rulebook;
import io.throughline.journey.run.Projector;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/// The rulebook as it is in force, and back-tests of its rules.
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.AGENT, Roles.LEAD, Roles.OPERATOR, Roles.PRIVACY, Roles.ADMIN})
class RuleResource {

    private final Projector projector;
    private final Rulebook rulebook;
    private final Backtests backtests;
    private final InstantSource clock = InstantSource.system();

    RuleResource(Projector projector, Rulebook rulebook, Backtests backtests) {
        this.projector = projector;
        this.rulebook = rulebook;
        this.backtests = backtests;
    }

    record RuleView(String id, int version, String title, String pattern, String severity, @Nullable String stage, String zone, @Nullable Money cost,
            @Nullable String owner) {
        static RuleView of(Rule rule) {
            return new RuleView(rule.id(), rule.version(), rule.title(), rule.pattern().name(), rule.severity().wire(), rule.stage(), rule.zone().getId(),
                    rule.cost(), rule.owner());
        }
    }

    record RuleList(List<RuleView> items, @Nullable String next, String fingerprint) {}

    @GET
    @Path("/rules")
    public RuleList rules() {
        return new RuleList(rulebook.rules().stream().map(RuleView::of).toList(), null, rulebook.fingerprint());
    }

    @GET
    @Path("/rules/{id}")
    public RuleView rule(@PathParam("id") String id) {
        return RuleView.of(find(id));
    }

    /// Starts a back-test of the rule in force over all journeys; its figures are at `GET /v1/backtests/{id}`.
    @POST
    @Path("/rules/{id}/backtests")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(202)
    @RolesAllowed({Roles.ANALYST, Roles.OPERATOR, Roles.ADMIN})
    public BacktestView backtest(@PathParam("id") String id, @Nullable BacktestRequest request) {
        var all = new BacktestRequest(null, null, null, null);
        return backtests.start(UUID.randomUUID().toString(), find(id), request == null ? all : request, projector.journeys(), clock.instant());
    }

    @GET
    @Path("/backtests/{id}")
    public BacktestView backtest(@PathParam("id") String id) {
        return backtests.view(id);
    }

    /// Ends a back-test early; what it found so far stays readable.
    @DELETE
    @Path("/backtests/{id}")
    @RolesAllowed({Roles.ANALYST, Roles.OPERATOR, Roles.ADMIN})
    public BacktestView cancel(@PathParam("id") String id) {
        return backtests.cancel(id);
    }

    private Rule find(String id) {
        return rulebook.rule(id).orElseThrow(() -> new Refusal(ErrorCode.RULE_UNKNOWN, "There is no such rule; GET /v1/rules lists them."));
    }
}
