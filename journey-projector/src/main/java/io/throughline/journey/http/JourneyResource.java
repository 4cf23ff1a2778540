package io.throughline.journey.http;

import static org.eclipse.microprofile.openapi.annotations.enums.ParameterIn.QUERY;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.ARRAY;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.INTEGER;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.throughline.events.Identity;
import io.throughline.events.OrderKey;
import io.throughline.events.Token;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.access.IdentityTokens;
import io.throughline.journey.access.Roles;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.query.Filling;
import io.throughline.journey.query.FindingPlace;
import io.throughline.journey.query.FoundJourney;
import io.throughline.journey.query.JourneyFilter;
import io.throughline.journey.query.Journeys.Snapshot;
import io.throughline.journey.query.Meta;
import io.throughline.journey.query.Page;
import io.throughline.journey.query.Room;
import io.throughline.journey.query.TouchpointFilter;
import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.FindingId;
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
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/// Journeys by person and by identity.
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.AGENT, Roles.LEAD, Roles.OPERATOR, Roles.PRIVACY, Roles.ADMIN})
class JourneyResource {

    /// What an answer says of a finding beside its body, at most.
    private static final int FINDING_BYTES = 1024;

    /// Of a search: counting all journeys there are would take longer than reading a page of them.
    private static final long MOST_COUNTED = 10_000;
    /// Items of a part of an export: each part puts what is left of a journey in order again.
    private static final int MOST_EXPORTED = 2_000;
    /// A table of touchpoints has no sentences, so no zone.
    private static final String[] OF_TOUCHPOINTS = {"asOf", "from", "to", "channel", "type"};
    private static final String FOUND = Csv.line("person", "journey", "firstAt", "lastAt", "touchpoints", "findings", "severity");
    private static final String TOUCHPOINTS = Csv.line("source", "id", "type", "channel", "occurredAt", "recordedAt", "knownTime", "position", "sequence", "correlationId",
            "causationId", "data");

    private final Projector projector;
    private final Turns turns;
    private final IdentityTokens tokens;
    private final Reconciliation reconciliation;
    private final FindingView findingView;
    private final ObjectMapper json;

    JourneyResource(Projector projector, Turns turns, IdentityTokens tokens, Reconciliation reconciliation, FindingView findingView,
            ObjectMapper json) {
        this.projector = projector;
        this.turns = turns;
        this.tokens = tokens;
        this.reconciliation = reconciliation;
        this.findingView = findingView;
        this.json = json;
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
        var person = token(request.identity());
        turns.read(() -> projector.journeys().read(snapshot -> known(snapshot, person)));
        return new LookupAnswer(person.toString(), "/v1/journeys/" + person);
    }

    @GET
    @Path("/journeys/{person}")
    @Parameter(name = "asOf", in = QUERY, description = "as of this time; without it as of now", schema = @Schema(type = STRING, format = "date-time"))
    @Parameter(name = "from", in = QUERY, description = "occurred then or later", schema = @Schema(type = STRING, format = "date-time"))
    @Parameter(name = "to", in = QUERY, description = "occurred before", schema = @Schema(type = STRING, format = "date-time"))
    @Parameter(name = "channel", in = QUERY, description = "of any of these channels: repeated, or separated by commas",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "type", in = QUERY, description = "of any of these event types: repeated, or separated by commas",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "zone", in = QUERY, description = "of the times in sentences; without it that of each rule", schema = @Schema(type = STRING))
    @Parameter(name = "cursor", in = QUERY, description = "next of the page before", schema = @Schema(type = STRING))
    @Parameter(name = "findingsCursor", in = QUERY, description = "findingsNext of the page before", schema = @Schema(type = STRING))
    @Parameter(name = "limit", in = QUERY, schema = @Schema(type = INTEGER, minimum = "1", maximum = "500", defaultValue = "100"))
    public JourneyView journey(@PathParam("person") String person, @Context UriInfo uri) {
        return journey(person(person), new Question(Parameters.of(uri)));
    }

    record DigestView(String person, long events, String journey, String verdicts, Meta meta) {}

    /// What the journey and its verdicts amount to: equal wherever the same events were projected.
    @GET
    @Path("/journeys/{person}/digest")
    public DigestView digest(@PathParam("person") String person) {
        var token = person(person);
        return turns.read(() -> projector.journeys().read(snapshot -> snapshot.digest(token)
                .map(digest -> new DigestView(person, digest.events(), digest.journey().toString(), digest.verdicts().toString(), snapshot.meta()))
                .orElseThrow(() -> new Refusal(ErrorCode.PERSON_UNKNOWN, "This person's journey has not been evaluated yet."))));
    }

    /// A journey in a list. It holds no identities: those are in the journey itself, for callers that may read it.
    record FoundView(String person, String journey, Instant firstAt, Instant lastAt, long touchpoints, int findings, @Nullable String severity) {

        static FoundView of(FoundJourney found) {
            return new FoundView(found.person().toString(), "/v1/journeys/" + found.person(), found.firstAt(), found.lastAt(), found.touchpoints(),
                    found.findings(), found.severity());
        }
    }

    /// @param count how many there are on all pages; said on the first, `null` where there are more than 10,000
    record JourneyPage(List<FoundView> items, @Nullable String next, @Nullable Long count, Meta meta) {}

    /// With `identity=namespace:value` that person's journey, as by person; the value is never logged. Without, the journeys that pass the filters.
    @GET
    @Path("/journeys")
    @Operation(description = "What is said of findings (finding, rule, status, severity, stage) must hold of one finding, what is said of touchpoints "
            + "(channel, type, source, from, to) of one touchpoint. With identity, the answer is the journey of that person, and the other parameters are "
            + "those of /v1/journeys/{person}. As text/csv or application/x-ndjson (header Accept) all of them, without cursor and limit.")
    @Parameter(name = "identity", in = QUERY, description = "the journey of this one, namespace:value, as in customer:4711", schema = @Schema(type = STRING))
    @Parameter(name = "asOf", in = QUERY, description = "with identity: as of this time; without it as of now",
            schema = @Schema(type = STRING, format = "date-time"))
    @Parameter(name = "finding", in = QUERY, description = "that this finding is about: its id", schema = @Schema(type = STRING))
    @Parameter(name = "rule", in = QUERY, description = "with a finding of any of these rules: repeated, or separated by commas",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "status", in = QUERY, description = "with a finding in any of suspected, open, resolved, withdrawn, dismissed",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "severity", in = QUERY, description = "with a finding of any of info, low, medium, high, critical",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "stage", in = QUERY, description = "with a finding of a rule that names this stage", schema = @Schema(type = STRING))
    @Parameter(name = "channel", in = QUERY, description = "with a touchpoint in any of these channels: repeated, or separated by commas",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "type", in = QUERY, description = "with a touchpoint of any of these event types: repeated, or separated by commas",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "source", in = QUERY, description = "with a touchpoint of this source", schema = @Schema(type = STRING))
    @Parameter(name = "from", in = QUERY, description = "with a touchpoint then or later", schema = @Schema(type = STRING, format = "date-time"))
    @Parameter(name = "to", in = QUERY, description = "with a touchpoint before", schema = @Schema(type = STRING, format = "date-time"))
    @Parameter(name = "zone", in = QUERY, description = "with identity: of the times in sentences; without it that of each rule", schema = @Schema(type = STRING))
    @Parameter(name = "cursor", in = QUERY, description = "next of the page before", schema = @Schema(type = STRING))
    @Parameter(name = "findingsCursor", in = QUERY, description = "with identity: findingsNext of the page before", schema = @Schema(type = STRING))
    @Parameter(name = "limit", in = QUERY, schema = @Schema(type = INTEGER, minimum = "1", maximum = "500", defaultValue = "100"))
    @APIResponse(responseCode = "200", description = "a page of journeys, or one journey",
            content = @Content(schema = @Schema(oneOf = {JourneyPage.class, JourneyView.class})))
    public Object journeys(@Context UriInfo uri) {
        if (!isOfOne(uri)) {
            return search(Parameters.of(uri).only("finding", "rule", "status", "severity", "stage", "channel", "type", "source", "from", "to", "cursor", "limit"));
        }
        var parameters = Parameters.of(uri).only("identity", "asOf", "from", "to", "channel", "type", "zone", "cursor", "findingsCursor", "limit");
        var question = new Question(parameters);
        return journey(token(parameters.required("identity")), question);
    }

    @GET
    @Path("/journeys")
    @Produces(Export.CSV)
    @Operation(hidden = true)
    public StreamingOutput table(@Context UriInfo uri) {
        return isOfOne(uri) ? touchpoints(uri, TOUCHPOINTS, JourneyResource::row) : found(uri, FOUND, found -> Csv.line(found.person(), found.journey(),
                found.firstAt(), found.lastAt(), found.touchpoints(), found.findings(), found.severity()));
    }

    @GET
    @Path("/journeys")
    @Produces(Export.LINES)
    @Operation(hidden = true)
    public StreamingOutput lines(@Context UriInfo uri) {
        return isOfOne(uri) ? touchpoints(uri, "", this::json) : found(uri, "", this::json);
    }

    @GET
    @Path("/journeys/{person}")
    @Produces(Export.CSV)
    @Operation(hidden = true)
    public StreamingOutput table(@PathParam("person") String person, @Context UriInfo uri) {
        return touchpoints(person(person), Parameters.of(uri).only(OF_TOUCHPOINTS), TOUCHPOINTS, JourneyResource::row);
    }

    @GET
    @Path("/journeys/{person}")
    @Produces(Export.LINES)
    @Operation(hidden = true)
    public StreamingOutput lines(@PathParam("person") String person, @Context UriInfo uri) {
        return touchpoints(person(person), Parameters.of(uri).only(OF_TOUCHPOINTS), "", this::json);
    }

    private static boolean isOfOne(UriInfo uri) {
        return uri.getQueryParameters().containsKey("identity");
    }

    private StreamingOutput touchpoints(UriInfo uri, String head, Function<TouchpointView, String> line) {
        var parameters = Parameters.of(uri).only("identity", "asOf", "from", "to", "channel", "type");
        return touchpoints(token(parameters.required("identity")), parameters, head, line);
    }

    /// All of a journey's touchpoints that pass the filters.
    private StreamingOutput touchpoints(Token person, Parameters parameters, String head, Function<TouchpointView, String> line) {
        var asOf = parameters.time("asOf");
        var filter = new TouchpointFilter(projector.longReads().read(snapshot -> {
            known(snapshot, person);
            return asOf == null ? snapshot.meta().evaluatedAt() : notAhead(asOf, snapshot.meta().evaluatedAt());
        }), parameters.time("from"), parameters.time("to"), parameters.list("channel"), parameters.list("type"), null);
        return new Export<Touchpoint>(turns.export(), head, last -> projector.longReads().read(snapshot -> snapshot.touchpoints(person,
                last == null ? filter : new TouchpointFilter(filter.through(), filter.from(), filter.before(), filter.channels(), filter.types(), last.order()),
                Room.of(MOST_EXPORTED))), touchpoint -> line.apply(TouchpointView.of(touchpoint)));
    }

    private static String row(TouchpointView touchpoint) {
        return Csv.line(touchpoint.source(), touchpoint.id(), touchpoint.type(), touchpoint.channel(), touchpoint.occurredAt(), touchpoint.recordedAt(),
                touchpoint.knownTime(), touchpoint.position(), touchpoint.sequence(), touchpoint.correlationId(), touchpoint.causationId(), touchpoint.data());
    }

    private StreamingOutput found(UriInfo uri, String head, Function<FoundView, String> line) {
        var filter = filter(Parameters.of(uri).only("finding", "rule", "status", "severity", "stage", "channel", "type", "source", "from", "to"));
        return new Export<FoundJourney>(turns.export(), head, last -> projector.longReads().read(snapshot -> {
            RuleResource.requireKnown(filter.rules(), projector, snapshot);
            return snapshot.find(filter, last == null ? null : last.person(), MOST_EXPORTED);
        }), found -> line.apply(FoundView.of(found)));
    }

    private String json(Object view) {
        try {
            return json.writeValueAsString(view) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("our own views are JSON", impossible);
        }
    }

    private JourneyPage search(Parameters parameters) {
        var filter = filter(parameters);
        var after = parameters.cursor("cursor", cursor -> Token.parse(Cursors.name(cursor)));
        var limit = parameters.limit();
        return turns.read(() -> projector.journeys().read(snapshot -> {
            RuleResource.requireKnown(filter.rules(), projector, snapshot);
            var page = snapshot.find(filter, after, limit);
            return new JourneyPage(page.items().stream().map(FoundView::of).toList(), page.next(last -> Cursors.ofName(last.person().toString())),
                    after == null ? count(snapshot, filter) : null, snapshot.meta());
        }));
    }

    private static JourneyFilter filter(Parameters parameters) {
        return new JourneyFilter(parameters.parsed("finding", FindingId::parse, "a finding's id of 32 hexadecimal digits"), parameters.list("rule"),
                parameters.list("status", FindingParameters.STATUSES), parameters.list("severity", FindingParameters.SEVERITIES), parameters.text("stage"),
                parameters.list("channel"), parameters.list("type"), parameters.text("source"), parameters.time("from"), parameters.time("to"));
    }

    private static @Nullable Long count(Snapshot snapshot, JourneyFilter filter) {
        var count = snapshot.count(filter, MOST_COUNTED + 1);
        return count > MOST_COUNTED ? null : count;
    }

    /// Read before anything is asked for it.
    ///
    /// @param asOf `null`: as it stands
    private record Question(
            @Nullable Instant asOf, @Nullable Instant from, @Nullable Instant to, List<String> channels, List<String> types,
            @Nullable OrderKey cursor, @Nullable FindingPlace findingsCursor, @Nullable ZoneId zone, Room room) {

        Question(Parameters parameters) {
            this(parameters.time("asOf"), parameters.time("from"), parameters.time("to"),
                    parameters.list("channel"), parameters.list("type"),
                    parameters.cursor("cursor", Cursors::order), parameters.cursor("findingsCursor", Cursors::finding), parameters.zoneOfSentences(),
                    Room.of(parameters.limit()));
        }

        TouchpointFilter touchpoints(Instant through) {
            return new TouchpointFilter(through, from, to, channels, types, cursor);
        }
    }

    private JourneyView journey(Token person, Question question) {
        var asOf = question.asOf();
        if (asOf == null) {
            return turns.read(() -> projector.journeys().read(snapshot -> journey(snapshot, person, question, snapshot.meta().evaluatedAt(),
                    new Told(snapshot.findingsOf(person, question.findingsCursor(), question.room()), snapshot.countFindingsOf(person)))));
        }
        return turns.longRead(deadline -> projector.longReads().read(snapshot -> {
            var at = notAhead(asOf, snapshot.meta().evaluatedAt());
            return journey(snapshot, person, question, at, findingsAt(snapshot, person, at, question, deadline));
        }));
    }

    private JourneyView journey(Snapshot snapshot, Token person, Question question, Instant at, Told told) {
        var namespace = known(snapshot, person);
        var touchpoints = snapshot.touchpoints(person, question.touchpoints(at), question.room());
        return new JourneyView(person.toString(), List.of(new JourneyView.IdentityView(person.toString(), namespace)),
                touchpoints.items().stream().map(TouchpointView::of).toList(), touchpoints.next(last -> Cursors.of(last.order())),
                told.page().items().stream().map(finding -> findingView.of(finding, question.zone())).toList(), told.page().next(last -> Cursors.of(FindingPlace.of(last))),
                told.count(), snapshot.meta());
    }

    /// @param count how many there are, on all pages
    private record Told(Page<Finding> page, long count) {}

    /// Recomputed from the events: what the rules would have said then, as if nothing had been told before. Only one page is kept.
    private Told findingsAt(Snapshot snapshot, Token person, Instant at, Question question, Deadline deadline) {
        var page = new Filling<FindingPlace, Finding>(question.room());
        var count = new AtomicLong();
        Consumer<Finding> keep = finding -> {
            count.incrementAndGet();
            var place = FindingPlace.of(finding);
            if (question.findingsCursor() == null || place.compareTo(question.findingsCursor()) > 0) {
                page.offer(place, finding, FINDING_BYTES + finding.body().length());
            }
        };
        activationsAt(snapshot, person, at, deadline,
                activation -> reconciliation.revisions(person, Map.of(), List.of(activation), at).forEach(keep));
        return new Told(page.page(), count.get());
    }

    private void activationsAt(Snapshot snapshot, Token person, Instant at, Deadline deadline, Consumer<Activation> each) {
        var evaluation = projector.rules().held().rulebook().begin(at, snapshot.watermarks(), deadline.before(each));
        snapshot.journeys(List.of(person), at, touchpoints -> touchpoints.forEachRemaining(deadline.before(evaluation::accept)));
        evaluation.finish();
    }

    private Token token(String identity) {
        var parsed = identity(identity);
        return turns.identity(() -> tokens.token(parsed));
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
