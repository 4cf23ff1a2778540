package io.throughline.journey.http;

import static org.eclipse.microprofile.openapi.annotations.enums.ParameterIn.QUERY;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.ARRAY;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.INTEGER;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.throughline.events.Text;
import io.throughline.events.Token;
import io.throughline.events.definition.DefinitionKey;
import io.throughline.events.definition.DefinitionRecord;
import io.throughline.events.json.EventJson;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import io.throughline.journey.access.Caller;
import io.throughline.journey.access.Roles;
import io.throughline.journey.finding.Dismissal;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.FindingStatus;
import io.throughline.journey.query.FindingDimension;
import io.throughline.journey.query.FindingFilter;
import io.throughline.journey.query.FindingGroup;
import io.throughline.journey.query.FindingSort;
import io.throughline.journey.query.Journeys.Snapshot;
import io.throughline.journey.query.ListedFinding;
import io.throughline.journey.query.Meta;
import io.throughline.journey.query.Room;
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
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/// Findings, newest first, and each with its evidence.
@Path("/v1/findings")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.AGENT, Roles.LEAD, Roles.OPERATOR, Roles.PRIVACY, Roles.ADMIN})
class FindingResource {

    /// Of one summary: more are no summary.
    private static final int MOST_GROUPS = 2_000;
    /// Of the persons who have a finding of one id.
    private static final int MOST_NAMED = 10;
    private static final String WHOSE = "about this person: its token; needed where several persons have a finding of this id";
    private static final Map<String, FindingDimension> DIMENSIONS =
            Arrays.stream(FindingDimension.values()).collect(Collectors.toUnmodifiableMap(FindingDimension::wire, dimension -> dimension));
    private static final Set<String> SORTS = Arrays.stream(FindingSort.values()).map(FindingSort::wire).collect(Collectors.toUnmodifiableSet());

    private static final String HEAD = Csv.line("id", "rule", "ruleVersion", "person", "subject", "severity", "status", "verdict", "revision", "historic", "stage",
            "activationAt", "knownAt", "changedAt", "deadline", "metAt", "supersededBy", "cost", "currency", "title", "explanation");

    private final Projector projector;
    private final Turns turns;
    private final FindingView findingView;
    private final Caller caller;
    private final InstantSource clock = InstantSource.system();

    FindingResource(Projector projector, Turns turns, FindingView findingView, Caller caller) {
        this.projector = projector;
        this.turns = turns;
        this.findingView = findingView;
        this.caller = caller;
    }

    /// @param count how many there are on all pages; said on the first
    record FindingPage(List<RawValue> items, @Nullable String next, @Nullable Long count, Meta meta) {}

    /// Findings as they became known, newest first; by when it happened where that is asked for, or a span of it.
    @GET
    @Operation(description = "As text/csv or application/x-ndjson (header Accept) all of them, without cursor and limit.")
    @Parameter(name = "rule", in = QUERY, description = "of any of these rules: repeated, or separated by commas",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "status", in = QUERY, description = "in any of suspected, open, resolved, withdrawn, dismissed",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "severity", in = QUERY, description = "of any of info, low, medium, high, critical",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "stage", in = QUERY, description = "of rules that name this stage", schema = @Schema(type = STRING))
    @Parameter(name = "person", in = QUERY, description = "about this person: its token", schema = @Schema(type = STRING))
    @Parameter(name = "since", in = QUERY, description = "changed then or later", schema = @Schema(type = STRING, format = "date-time"))
    @Parameter(name = "from", in = QUERY, description = "happened then or later", schema = @Schema(type = STRING, format = "date-time"))
    @Parameter(name = "to", in = QUERY, description = "happened before", schema = @Schema(type = STRING, format = "date-time"))
    @Parameter(name = "zone", in = QUERY, description = "of the times in sentences; without it that of each rule", schema = @Schema(type = STRING))
    @Parameter(name = "sort", in = QUERY, description = "known: as they became known; happened: by activationAt, the default where from or to is given",
            schema = @Schema(type = STRING, enumeration = {"known", "happened"}))
    @Parameter(name = "cursor", in = QUERY, description = "next of the page before", schema = @Schema(type = STRING))
    @Parameter(name = "limit", in = QUERY, schema = @Schema(type = INTEGER, minimum = "1", maximum = "500", defaultValue = "100"))
    public FindingPage findings(@Context UriInfo uri) {
        var parameters = Parameters.of(uri);
        var room = Room.of(parameters.limit());
        var filter = FindingParameters.filter(parameters);
        var sort = sort(parameters, filter);
        var after = parameters.cursor("cursor", Cursors::listed);
        var zone = parameters.zoneOfSentences();
        return turns.read(() -> projector.journeys().read(snapshot -> {
            RuleResource.requireKnown(filter.rules(), projector, snapshot);
            var page = snapshot.findings(filter, sort, after, room);
            return new FindingPage(page.items().stream().map(listed -> findingView.of(listed.finding(), zone)).toList(),
                    page.next(listed -> Cursors.of(listed.place())), after == null ? snapshot.countFindings(filter) : null, snapshot.meta());
        }));
    }

    @GET
    @Produces(Export.CSV)
    @Operation(hidden = true)
    public StreamingOutput table(@Context UriInfo uri) {
        var zone = Parameters.of(uri).zoneOfSentences();
        return export(uri, HEAD, listed -> {
            var finding = listed.finding();
            var view = findingView.json(finding, zone);
            return Csv.line(finding.id(), finding.rule(), finding.ruleVersion(), finding.person(), finding.subject(), finding.severity(),
                    finding.status().wire(), view.path("verdict").textValue(), finding.revision(), finding.historic(), finding.stage(),
                    finding.activationAt(), finding.knownAt(), finding.changedAt(), view.path("deadline").path("at").textValue(),
                    view.path("metAt").textValue(), finding.supersededBy(), finding.cost() == null ? null : new BigDecimal(finding.cost().amount()),
                    finding.cost() == null ? null : finding.cost().currency().getCurrencyCode(), view.path("title").textValue(),
                    view.path("explanation").textValue());
        });
    }

    @GET
    @Produces(Export.LINES)
    @Operation(hidden = true)
    public StreamingOutput lines(@Context UriInfo uri) {
        var zone = Parameters.of(uri).zoneOfSentences();
        return export(uri, "", listed -> findingView.json(listed.finding(), zone) + "\n");
    }

    /// All that pass the filters.
    private StreamingOutput export(UriInfo uri, String head, Function<ListedFinding, String> line) {
        var parameters = Parameters.of(uri);
        var filter = FindingParameters.filter(parameters);
        var sort = sort(parameters, filter);
        return new Export<>(turns.export(), head, last -> projector.longReads().read(snapshot -> {
            RuleResource.requireKnown(filter.rules(), projector, snapshot);
            return snapshot.findings(filter, sort, last == null ? null : last.place(), Room.of(Parameters.MAX_LIMIT));
        }), line);
    }

    private static FindingSort sort(Parameters parameters, FindingFilter filter) {
        var word = parameters.oneOf("sort", SORTS);
        return word != null ? FindingSort.parse(word) : filter.from() != null || filter.to() != null ? FindingSort.HAPPENED : FindingSort.KNOWN;
    }

    /// @param by what they are counted by, in the order of its fields
    /// @param zone in which weeks begin
    /// @param findings all together
    record Summary(List<String> by, String zone, List<FindingGroup> items, long findings, Meta meta) {}

    /// Findings that pass the filters of the list, counted.
    @GET
    @Path("/summary")
    @Parameter(name = "by", in = QUERY, required = true, description = "one or several of rule, status, severity, stage, week, separated by commas",
            schema = @Schema(type = STRING), example = "rule,week")
    @Parameter(name = "zone", in = QUERY, description = "in which weeks begin, on Monday", schema = @Schema(type = STRING, defaultValue = "UTC"))
    @Parameter(name = "rule", in = QUERY, description = "of any of these rules: repeated, or separated by commas",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "status", in = QUERY, description = "in any of suspected, open, resolved, withdrawn, dismissed",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "severity", in = QUERY, description = "of any of info, low, medium, high, critical",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "stage", in = QUERY, description = "of rules that name this stage", schema = @Schema(type = STRING))
    @Parameter(name = "person", in = QUERY, description = "about this person: its token", schema = @Schema(type = STRING))
    @Parameter(name = "since", in = QUERY, description = "changed then or later", schema = @Schema(type = STRING, format = "date-time"))
    @Parameter(name = "from", in = QUERY, description = "happened then or later", schema = @Schema(type = STRING, format = "date-time"))
    @Parameter(name = "to", in = QUERY, description = "happened before", schema = @Schema(type = STRING, format = "date-time"))
    public Summary summary(@Context UriInfo uri) {
        var parameters = Parameters.of(uri);
        var by = parameters.several("by", DIMENSIONS);
        var zone = parameters.zone();
        var filter = FindingParameters.filter(parameters);
        return turns.read(() -> projector.journeys().read(snapshot -> {
            RuleResource.requireKnown(filter.rules(), projector, snapshot);
            var groups = snapshot.findingGroups(filter, by, zone, MOST_GROUPS);
            if (groups.size() > MOST_GROUPS) {
                throw Parameters.invalid("by makes more than " + MOST_GROUPS + " groups. Count by less, or give from and to.");
            }
            return new Summary(by.stream().map(FindingDimension::wire).toList(), zone.getId(), groups,
                    groups.stream().mapToLong(FindingGroup::findings).sum(), snapshot.meta());
        }));
    }

    /// One finding with its evidence and `meta`.
    @GET
    @Path("/{id}")
    @Parameter(name = "person", in = QUERY, description = WHOSE, schema = @Schema(type = STRING))
    public ObjectNode finding(@PathParam("id") String id, @Context UriInfo uri) {
        var findingId = id(id);
        var person = Parameters.of(uri).token("person");
        return turns.read(() -> projector.journeys().read(snapshot -> {
            var found = only(snapshot, findingId, person);
            var view = findingView.json(found, null);
            if (found.status() == FindingStatus.DISMISSED) {
                snapshot.dismissal(findingId, found.person()).ifPresent(dismissal -> view.putObject("dismissal").put("reason", dismissal.reason())
                        .put("by", dismissal.by()).put("at", dismissal.at().toString()));
            }
            view.putPOJO("meta", snapshot.meta());
            return view;
        }));
    }

    /// A finding's id is made of its rule and the event that names it, and an event of one id may have been sent for several persons.
    private static Finding only(Snapshot snapshot, FindingId id, @Nullable Token person) {
        var found = snapshot.findings(id, person, MOST_NAMED + 1);
        if (found.isEmpty()) {
            throw new Refusal(ErrorCode.FINDING_UNKNOWN, "There is no finding of this id" + (person == null ? "" : " and person")
                    + " among what was evaluated as of " + snapshot.meta().evaluatedAt() + ".");
        }
        if (found.size() > 1) {
            throw new Refusal(ErrorCode.FINDING_AMBIGUOUS, "Say whose is meant with the parameter person: "
                    + found.stream().limit(MOST_NAMED).map(finding -> String.valueOf(finding.person())).collect(Collectors.joining(", "))
                    + (found.size() > MOST_NAMED ? " and others" : "") + ".");
        }
        return found.getFirst();
    }

    record DismissRequest(@Nullable String reason) {}

    /// @param version counts the decisions on this finding
    record DismissAnswer(String finding, String person, long version, String reason, String by, Instant at) {}

    /// What is to be written, unless the finding is dismissed already.
    private record Found(Finding finding, @Nullable Dismissal last) {}

    /// Dismisses a finding, with a reason, for as long as its verdict says what it says now: once something else is wrong, it is open again. The decision
    /// lies on the log; it is told with the next evaluation of the person, within moments as a rule.
    @POST
    @Path("/{id}/dismiss")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ANALYST, Roles.LEAD, Roles.ADMIN})
    @Operation(description = "The answer is the decision, which is on the log; of a finding that is dismissed already the former one.")
    @Parameter(name = "person", in = QUERY, description = WHOSE, schema = @Schema(type = STRING))
    public DismissAnswer dismiss(@PathParam("id") String id, @Context UriInfo uri, DismissRequest request) {
        var findingId = id(id);
        var person = Parameters.of(uri).token("person");
        var reason = reason(request);
        var by = caller.name();
        return turns.changeRules(() -> {
            var found = projector.journeys().read(snapshot -> {
                var finding = only(snapshot, findingId, person);
                if (finding.person() == null) {
                    throw new Refusal(ErrorCode.FINDING_NOT_OPEN, "It is about a source, and resolved by itself as soon as the source is heard.");
                }
                if (finding.status() == FindingStatus.WITHDRAWN) {
                    throw new Refusal(ErrorCode.FINDING_NOT_OPEN, "It is withdrawn: what it said no longer holds.");
                }
                return new Found(finding, snapshot.dismissal(findingId, finding.person()).orElse(null));
            });
            var finding = found.finding();
            if (finding.status() == FindingStatus.DISMISSED && found.last() != null) {
                return answer(finding, found.last());
            }
            var next = new Dismissal(found.last() == null ? 1 : found.last().version() + 1, reason, by, clock.instant());
            var value = EventJson.mapper().createObjectNode().put("content", finding.content().toString()).put("reason", reason);
            projector.definitionWriter().write(new DefinitionRecord(UUID.randomUUID().toString(),
                    new DefinitionKey(DefinitionKey.DISMISSAL, finding.id() + ":" + finding.person()), "finding-dismissed.v1", next.version(),
                    by, next.at(), value));
            // Of two at once the log says which was first.
            return answer(finding, projector.journeys().read(snapshot -> snapshot.dismissal(findingId, finding.person())).orElse(next));
        });
    }

    private static DismissAnswer answer(Finding finding, Dismissal dismissal) {
        return new DismissAnswer(finding.id().toString(), String.valueOf(finding.person()), dismissal.version(), dismissal.reason(), dismissal.by(),
                dismissal.at());
    }

    private static String reason(@Nullable DismissRequest request) {
        var reason = request == null || request.reason() == null ? "" : request.reason().strip();
        if (reason.isEmpty() || reason.length() > Dismissal.MOST_REASON || !Text.isPlain(reason)) {
            throw new Refusal(ErrorCode.INVALID_BODY, "The body is { \"reason\": \"…\" }: 1 to " + Dismissal.MOST_REASON
                    + " characters, without control characters.");
        }
        return reason;
    }

    private static FindingId id(String text) {
        try {
            return FindingId.parse(text);
        } catch (IllegalArgumentException _) {
            throw Parameters.invalid("A finding is named by 32 hexadecimal digits.");
        }
    }
}
