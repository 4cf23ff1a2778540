package io.throughline.journey.http;

import static org.eclipse.microprofile.openapi.annotations.enums.ParameterIn.QUERY;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.INTEGER;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING;

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
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

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
    @Parameter(name = "rule", in = QUERY, required = true, description = "the id of the rule", schema = @Schema(type = STRING))
    @Parameter(name = "asOf", in = QUERY, description = "as of this time; without it as of now", schema = @Schema(type = STRING, format = "date-time"))
    @Parameter(name = "zone", in = QUERY, description = "of the times in sentences; without it that of the rule", schema = @Schema(type = STRING))
    @Parameter(name = "cursor", in = QUERY, description = "next of the page before", schema = @Schema(type = STRING))
    @Parameter(name = "limit", in = QUERY, schema = @Schema(type = INTEGER, minimum = "1", maximum = "500", defaultValue = "100"))
    public ExplainView explain(@PathParam("person") String person, @Context UriInfo uri) {
        var question = question(person, uri);
        return turns.longRead(deadline -> projector.longReads().read(
                snapshot -> ExplainView.of(question.person(), question.ask(snapshot, deadline), question.zone(), snapshot.meta())));
    }

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    @Parameter(name = "rule", in = QUERY, required = true, description = "the id of the rule", schema = @Schema(type = STRING))
    @Parameter(name = "asOf", in = QUERY, description = "as of this time; without it as of now", schema = @Schema(type = STRING, format = "date-time"))
    @Parameter(name = "zone", in = QUERY, description = "of the times in sentences; without it that of the rule", schema = @Schema(type = STRING))
    @Parameter(name = "cursor", in = QUERY, description = "next of the page before", schema = @Schema(type = STRING))
    @Parameter(name = "limit", in = QUERY, schema = @Schema(type = INTEGER, minimum = "1", maximum = "500", defaultValue = "100"))
    public String sentences(@PathParam("person") String person, @Context UriInfo uri) {
        var question = question(person, uri);
        return turns.longRead(deadline -> projector.longReads().read(
                snapshot -> String.join("\n", WhyText.of(question.ask(snapshot, deadline), question.zone())) + "\n"));
    }

    private Question question(String person, UriInfo uri) {
        var parameters = Parameters.of(uri);
        var first = parameters.cursor("cursor", Cursors::number);
        var rule = RuleResource.named(projector, parameters.required("rule")).rule();
        var zone = parameters.zoneOfSentences();
        return new Question(JourneyResource.person(person), rule, parameters.time("asOf"), zone == null ? rule.zone() : zone,
                first == null ? 0 : first, parameters.limit());
    }

    private record Question(Token person, Rule rule, Instant asOf, ZoneId zone, long first, int limit) {

        Why ask(Snapshot snapshot, Deadline deadline) {
            JourneyResource.known(snapshot, person);
            var evaluatedAt = snapshot.meta().evaluatedAt();
            var at = asOf == null ? evaluatedAt : JourneyResource.notAhead(asOf, evaluatedAt);
            return ExplainView.fitting(Explainer.explain(
                    rule, at, snapshot.watermarks(), each -> journey(snapshot, at, deadline.before(each)), first, limit), zone);
        }

        private void journey(Snapshot snapshot, Instant at, Consumer<Touchpoint> each) {
            snapshot.journeys(List.of(person), at, touchpoints -> touchpoints.forEachRemaining(each));
        }
    }
}
