package io.throughline.journey.http;

import static org.eclipse.microprofile.openapi.annotations.enums.ParameterIn.QUERY;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.INTEGER;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.throughline.events.Token;
import io.throughline.journey.access.Roles;
import io.throughline.journey.query.Journeys.Snapshot;
import io.throughline.journey.query.OverBudget;
import io.throughline.journey.query.SetAside;
import io.throughline.journey.query.Status;
import io.throughline.journey.run.Projector;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

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
    public Status status() {
        return turns.status(() -> projector.statusReads().read(Snapshot::status));
    }

    record SetAsidePage(List<SetAside> items, @Nullable String next) {}

    /// Persons whose evaluation fails, each with the reason, and when it is tried again.
    @GET
    @Path("/set-aside")
    @Parameter(name = "cursor", in = QUERY, description = "next of the page before", schema = @Schema(type = STRING))
    @Parameter(name = "limit", in = QUERY, schema = @Schema(type = INTEGER, minimum = "1", maximum = "500", defaultValue = "100"))
    public SetAsidePage setAside(@Context UriInfo uri) {
        var parameters = Parameters.of(uri);
        int limit = parameters.limit();
        var after = parameters.parsed("cursor", Token::parse, "the cursor of a former answer");
        var page = turns.status(() -> projector.statusReads().read(snapshot -> snapshot.setAside(after, limit + 1)));
        boolean more = page.size() > limit;
        var shown = more ? page.subList(0, limit) : page;
        return new SetAsidePage(shown, more ? shown.getLast().person().toString() : null);
    }

    record OverBudgetPage(List<OverBudget> items, @Nullable String next) {}

    /// Rules that were not evaluated to the end of a journey, by person.
    @GET
    @Path("/over-budget")
    @Parameter(name = "cursor", in = QUERY, description = "next of the page before", schema = @Schema(type = STRING))
    @Parameter(name = "limit", in = QUERY, schema = @Schema(type = INTEGER, minimum = "1", maximum = "500", defaultValue = "100"))
    public OverBudgetPage overBudget(@Context UriInfo uri) {
        var parameters = Parameters.of(uri);
        int limit = parameters.limit();
        var after = parameters.parsed("cursor", Token::parse, "the cursor of a former answer");
        var items = turns.status(() -> projector.statusReads().read(snapshot -> snapshot.overBudget(after, limit)));
        boolean more = items.stream().map(OverBudget::person).distinct().count() == limit;
        return new OverBudgetPage(items, more ? items.getLast().person().toString() : null);
    }

    /// @param person whom to evaluate again; all who are set aside if `null`
    record RetryRequest(@Nullable String person) {}

    /// @param retried how many will be evaluated again at once
    record Retried(int retried) {}

    /// Has those who are set aside evaluated again at once, instead of after their pause.
    @POST
    @Path("/set-aside/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
    public Retried retry(@Nullable RetryRequest request) {
        var person = request == null || request.person() == null ? null : JourneyResource.person(request.person());
        return new Retried(turns.status(() -> projector.retries().retry(person)));
    }

    /// @param digests what journeys and verdicts amount to, 64 hex digits each
    record SettledView(int generation, SortedMap<String, Long> positions, Instant evaluatedAt, long persons, long touchpoints, Digests digests) {
        record Digests(String journeys, String verdicts) {}
    }

    /// Brings the projection to rest for a moment, and answers its digests at the positions and the time that were then fixed.
    @POST
    @Path("/settle")
    @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
    public SettledView settle() {
        var settled = turns.status(() -> projector.settling().settle(PATIENCE));
        return new SettledView(settled.generation(), settled.positions(), settled.evaluatedAt(), settled.persons(), settled.touchpoints(),
                new SettledView.Digests(settled.journeys().toString(), settled.verdicts().toString()));
    }
}
