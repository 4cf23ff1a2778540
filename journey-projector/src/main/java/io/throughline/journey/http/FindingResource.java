package io.throughline.journey.http;

import static org.eclipse.microprofile.openapi.annotations.enums.ParameterIn.QUERY;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.ARRAY;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.INTEGER;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import io.throughline.journey.access.Roles;
import io.throughline.journey.finding.FindingStatus;
import io.throughline.journey.query.FindingFilter;
import io.throughline.journey.query.Meta;
import io.throughline.journey.query.Room;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.Severity;
import io.throughline.journey.run.Projector;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/// Findings, newest first, and each with its evidence.
@Path("/v1/findings")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.AGENT, Roles.LEAD, Roles.OPERATOR, Roles.PRIVACY, Roles.ADMIN})
class FindingResource {

    private static final Set<String> STATUSES = Arrays.stream(FindingStatus.values()).map(FindingStatus::wire).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> SEVERITIES = Arrays.stream(Severity.values()).map(Severity::wire).collect(Collectors.toUnmodifiableSet());

    private final Projector projector;
    private final Turns turns;
    private final FindingView findingView;

    FindingResource(Projector projector, Turns turns, FindingView findingView) {
        this.projector = projector;
        this.turns = turns;
        this.findingView = findingView;
    }

    record FindingPage(List<RawValue> items, @Nullable String next, Meta meta) {}

    @GET
    @Parameter(name = "rule", in = QUERY, description = "of any of these rules: repeated, or separated by commas",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "status", in = QUERY, description = "in any of suspected, open, resolved, withdrawn",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "severity", in = QUERY, description = "of any of info, low, medium, high, critical",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "person", in = QUERY, description = "about this person: its token", schema = @Schema(type = STRING))
    @Parameter(name = "since", in = QUERY, description = "changed then or later", schema = @Schema(type = STRING, format = "date-time"))
    @Parameter(name = "cursor", in = QUERY, description = "next of the page before", schema = @Schema(type = STRING))
    @Parameter(name = "limit", in = QUERY, schema = @Schema(type = INTEGER, minimum = "1", maximum = "500", defaultValue = "100"))
    public FindingPage findings(@Context UriInfo uri) {
        var parameters = Parameters.of(uri);
        var room = Room.of(parameters.limit());
        var filter = new FindingFilter(parameters.list("rule"), parameters.list("status", STATUSES), parameters.list("severity", SEVERITIES),
                parameters.token("person"), parameters.time("since"), parameters.cursor("cursor", Cursors::number));
        return turns.read(() -> projector.journeys().read(snapshot -> {
            RuleResource.requireKnown(filter.rules(), projector, snapshot);
            var page = snapshot.findings(filter, room);
            return new FindingPage(page.items().stream().map(listed -> findingView.of(listed.finding())).toList(),
                    page.next(listed -> Cursors.of(listed.serial())), snapshot.meta());
        }));
    }

    /// One finding with its evidence and `meta`.
    @GET
    @Path("/{id}")
    public ObjectNode finding(@PathParam("id") String id) {
        var findingId = id(id);
        return turns.read(() -> projector.journeys().read(snapshot -> {
            var found = snapshot.finding(findingId).orElseThrow(() -> new Refusal(ErrorCode.FINDING_UNKNOWN,
                    "There is no finding of this id among what was evaluated as of " + snapshot.meta().evaluatedAt() + "."));
            var view = findingView.json(found);
            view.putPOJO("meta", snapshot.meta());
            return view;
        }));
    }

    private static FindingId id(String text) {
        try {
            return FindingId.parse(text);
        } catch (IllegalArgumentException _) {
            throw Parameters.invalid("A finding is named by 32 hexadecimal digits.");
        }
    }
}
