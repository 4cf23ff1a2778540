package io.throughline.journey.http;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.throughline.events.Identity;
import io.throughline.events.Token;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import io.throughline.journey.access.IdentityTokens;
import io.throughline.journey.access.Roles;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.query.Journeys.Snapshot;
import io.throughline.journey.query.Meta;
import io.throughline.journey.query.TouchpointFilter;
import io.throughline.journey.run.Projector;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Journeys by person and by identity.
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.AGENT, Roles.LEAD, Roles.OPERATOR, Roles.PRIVACY, Roles.ADMIN})
class JourneyResource {

    private static final String[] FILTERS = {"asOf", "from", "to", "channel", "type", "cursor", "limit"};

    private final Projector projector;
    private final IdentityTokens tokens;
    private final Reconciliation reconciliation;
    private final FindingView findingView;

    JourneyResource(Projector projector, IdentityTokens tokens, Reconciliation reconciliation, FindingView findingView) {
        this.projector = projector;
        this.tokens = tokens;
        this.reconciliation = reconciliation;
        this.findingView = findingView;
    }

    record LookupRequest(String identity) {}

    record LookupAnswer(String person, String journey) {}

    /// The person of an identity, without putting it into a URL.
    @POST
    @Path("/persons/lookup")
    @Consumes(MediaType.APPLICATION_JSON)
    public LookupAnswer lookup(LookupRequest request) {
        if (request == null || request.identity() == null) {
            throw new Refusal(ErrorCode.INVALID_BODY, "The body is { \"identity\": \"namespace:value\" }.");
        }
        var person = tokens.token(identity(request.identity()));
        projector.journeys().read(snapshot -> known(snapshot, person));
        return new LookupAnswer(person.toString(), "/v1/journeys/" + person);
    }

    @GET
    @Path("/journeys/{person}")
    public JourneyView journey(@PathParam("person") String person, @Context UriInfo uri) {
        return journey(person(person), Parameters.of(uri, FILTERS));
    }

    record DigestView(String person, long events, String journey, String verdicts, Meta meta) {}

    /// What the journey and its verdicts amount to: equal wherever the same events were projected.
    @GET
    @Path("/journeys/{person}/digest")
    public DigestView digest(@PathParam("person") String person, @Context UriInfo uri) {
        Parameters.of(uri);
        var token = person(person);
        return projector.journeys().read(snapshot -> snapshot.digest(token)
                .map(digest -> new DigestView(person, digest.events(), digest.journey().toString(), digest.verdicts().toString(), snapshot.meta()))
                .orElseThrow(() -> new Refusal(ErrorCode.PERSON_UNKNOWN, "This person's journey has not been evaluated yet.")));
    }

    /// As by person, by `identity=namespace:value`. The value is never logged.
    @GET
    @Path("/journeys")
    public JourneyView journeyOfIdentity(@Context UriInfo uri) {
        var parameters = Parameters.of(uri, "identity", "asOf", "from", "to", "channel", "type", "cursor", "limit");
        return journey(tokens.token(identity(parameters.required("identity"))), parameters);
    }

    private JourneyView journey(Token person, Parameters parameters) {
        var asOf = parameters.time("asOf");
        int limit = parameters.limit();
        return projector.journeys().read(snapshot -> {
            var namespace = known(snapshot, person);
            var meta = snapshot.meta();
            var at = asOf == null ? meta.evaluatedAt() : notAhead(asOf, meta.evaluatedAt());
            var filter = new TouchpointFilter(at, parameters.time("from"), parameters.time("to"), parameters.text("channel"), parameters.text("type"),
                    parameters.parsed("cursor", Cursors::order, "the cursor of a former answer"));
            var page = snapshot.touchpoints(person, filter, limit + 1);
            var shown = page.size() > limit ? page.subList(0, limit) : page;
            var findings = asOf == null ? snapshot.findingsOf(person) : findingsAt(snapshot, person, at);
            return new JourneyView(person.toString(), List.of(new JourneyView.IdentityView(person.toString(), namespace)),
                    shown.stream().map(TouchpointView::of).toList(), findings.stream().map(findingView::of).toList(),
                    page.size() > limit ? Cursors.of(shown.getLast().order()) : null, meta);
        });
    }

    /// Recomputed from the events: what the rules would have said then, as if nothing had been told before.
    private List<Finding> findingsAt(Snapshot snapshot, Token person, Instant at) {
        var evaluation = projector.rules().held().rulebook().beginSmall(at, snapshot.watermarks());
        snapshot.journeys(List.of(person), at, touchpoints -> touchpoints.forEachRemaining(evaluation::accept));
        return reconciliation.revisions(person, Map.of(), evaluation.finish().activations(), at);
    }

    static Instant notAhead(Instant asOf, Instant evaluatedAt) {
        if (asOf.isAfter(evaluatedAt)) {
            throw new Refusal(ErrorCode.AS_OF_AHEAD, "All that is known is known as of " + evaluatedAt + "; asOf cannot lie after that.");
        }
        return asOf;
    }

    static String known(Snapshot snapshot, Token person) {
        @Nullable String namespace = snapshot.namespace(person);
        if (namespace == null) {
            throw new Refusal(ErrorCode.PERSON_UNKNOWN, "No event of this person is projected yet (through " + snapshot.meta().knownThrough() + ").");
        }
        return namespace;
    }

    static Token person(String text) {
        try {
            return Token.parse(text);
        } catch (IllegalArgumentException _) {
            throw Parameters.invalid("A person is named by 32 hexadecimal digits; to ask by identity, use /v1/journeys?identity=namespace:value.");
        }
    }

    private static Identity identity(String text) {
        try {
            var identity = Identity.parse(text);
            if (!identity.isControl()) {
                return identity;
            }
            throw Parameters.invalid("An area or a source is no person and has no journey.");
        } catch (IllegalArgumentException wrong) {
            throw Parameters.invalid("identity: " + wrong.getMessage() + ".");
        }
    }
}
