package io.throughline.journey.http;

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
    public FindingPage findings(@Context UriInfo uri) {
        var parameters = Parameters.of(uri, "rule", "status", "severity", "person", "since", "cursor", "limit");
        var room = Room.of(parameters.limit());
        var filter = new FindingFilter(parameters.text("rule"), parameters.oneOf("status", STATUSES), parameters.oneOf("severity", SEVERITIES),
                parameters.token("person"), parameters.time("since"), parameters.cursor("cursor", Cursors::number));
        return turns.read(() -> projector.journeys().read(snapshot -> {
            var page = snapshot.findings(filter, room);
            return new FindingPage(page.items().stream().map(listed -> findingView.of(listed.finding())).toList(),
                    page.next(listed -> Cursors.of(listed.serial())), snapshot.meta());
        }));
    }

    /// One finding with its evidence and `meta`.
    @GET
    @Path("/{id}")
    public ObjectNode finding(@PathParam("id") String id, @Context UriInfo uri) {
        Parameters.of(uri);
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
