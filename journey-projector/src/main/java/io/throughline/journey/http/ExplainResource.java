package io.throughline.journey.http;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.throughline.events.Token;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.access.Roles;
import io.throughline.journey.query.Journeys.Snapshot;
import io.throughline.journey.rule.Explainer;
import io.throughline.journey.rule.Rule;
import io.throughline.journey.rule.Why;
import io.throughline.journey.rule.WhyText;
import io.throughline.journey.run.Projector;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// Why a rule says what it says of a journey, and why it says nothing: as JSON, which has the sentences too, or as sentences alone.
@Path("/v1/journeys/{person}/explain")
@RunOnVirtualThread
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.AGENT, Roles.LEAD, Roles.OPERATOR, Roles.PRIVACY, Roles.ADMIN})
class ExplainResource {

    private final Projector projector;
    private final Turns turns;

    ExplainResource(Projector projector, Turns turns) {
        this.projector = projector;
        this.turns = turns;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public ExplainView explain(@PathParam("person") String person, @Context UriInfo uri) {
        var question = question(person, uri);
        return turns.longRead(deadline -> projector.longReads().read(
                snapshot -> ExplainView.of(question.person(), question.ask(snapshot, deadline), snapshot.meta())));
    }

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public String sentences(@PathParam("person") String person, @Context UriInfo uri) {
        var question = question(person, uri);
        return turns.longRead(deadline -> projector.longReads().read(
                snapshot -> String.join("\n", WhyText.of(question.ask(snapshot, deadline))) + "\n"));
    }

    private Question question(String person, UriInfo uri) {
        var parameters = Parameters.of(uri, "rule", "asOf", "cursor", "limit");
        var first = parameters.cursor("cursor", Cursors::number);
        return new Question(JourneyResource.person(person), RuleResource.find(projector, parameters.required("rule")).rule(), parameters.time("asOf"),
                first == null ? 0 : first, parameters.limit());
    }

    private record Question(Token person, Rule rule, Instant asOf, long first, int limit) {

        Why ask(Snapshot snapshot, Deadline deadline) {
            JourneyResource.known(snapshot, person);
            var evaluatedAt = snapshot.meta().evaluatedAt();
            var at = asOf == null ? evaluatedAt : JourneyResource.notAhead(asOf, evaluatedAt);
            return ExplainView.fitting(Explainer.explain(
                    rule, at, snapshot.watermarks(), each -> journey(snapshot, at, deadline.before(each)), first, limit));
        }

        private void journey(Snapshot snapshot, Instant at, Consumer<Touchpoint> each) {
            snapshot.journeys(List.of(person), at, touchpoints -> touchpoints.forEachRemaining(each));
        }
    }
}
