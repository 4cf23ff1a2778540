package io.throughline.journey.http;

import static org.eclipse.microprofile.openapi.annotations.enums.ParameterIn.QUERY;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.INTEGER;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import io.throughline.journey.access.Caller;
import io.throughline.journey.access.Roles;
import io.throughline.journey.backtest.BacktestRequest;
import io.throughline.journey.backtest.BacktestView;
import io.throughline.journey.backtest.Backtests;
import io.throughline.journey.http.RuleView.Changed;
import io.throughline.journey.http.RuleView.Warning;
import io.throughline.journey.query.Filling;
import io.throughline.journey.query.Journeys.Snapshot;
import io.throughline.journey.query.Room;
import io.throughline.journey.rule.file.WrittenRule;
import io.throughline.journey.rulebook.LiveRulebook.InForce;
import io.throughline.journey.rulebook.RuleEditor.Change;
import io.throughline.journey.rulebook.Wish;
import io.throughline.journey.run.Projector;
import io.throughline.journey.source.SourceSilence;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/// The rulebook in force, and its versions. A change is on the log of definitions first; the answer comes once everybody judges by it.
@Path("/v1/rules")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.AGENT, Roles.LEAD, Roles.OPERATOR, Roles.PRIVACY, Roles.ADMIN})
class RuleResource {

    /// What an answer says of a rule beside its texts, at most.
    private static final int RULE_BYTES = 512;

    private final Projector projector;
    private final Turns turns;
    private final Backtests backtests;
    private final Caller caller;
    private final InstantSource clock = InstantSource.system();

    RuleResource(Projector projector, Turns turns, Backtests backtests, Caller caller) {
        this.projector = projector;
        this.turns = turns;
        this.backtests = backtests;
        this.caller = caller;
    }

    @GET
    @Parameter(name = "cursor", in = QUERY, description = "next of the page before", schema = @Schema(type = STRING))
    @Parameter(name = "limit", in = QUERY, schema = @Schema(type = INTEGER, minimum = "1", maximum = "500", defaultValue = "100"))
    public RuleView.Listing rules(@Context UriInfo uri) {
        var parameters = Parameters.of(uri);
        var room = Room.of(parameters.limit());
        var after = parameters.cursor("cursor", Cursors::name);
        return turns.status(() -> {
            var rules = projector.rules();
            var page = new Filling<String, RuleView>(room);
            rules.rules().stream().filter(rule -> after == null || rule.rule().id().compareTo(after) > 0)
                    .map(RuleView::of).forEach(rule -> page.offer(rule.id(), rule, RULE_BYTES + 3L * rule.title().length()));
            return new RuleView.Listing(page.page().items(), page.page().next(rule -> Cursors.ofName(rule.id())),
                    rules.held().rulebook().fingerprint());
        });
    }

    /// The rule in force, or with the parameter `version` what that version said.
    @GET
    @Path("/{id}")
    @Parameter(name = "version", in = QUERY, description = "what this version said; without it the one in force", schema = @Schema(type = INTEGER))
    public RestResponse<RuleView.Full> rule(@PathParam("id") String id, @Context UriInfo uri) {
        var version = Parameters.of(uri).number("version", "the number of a version");
        var full = version == null
                ? turns.read(() -> RuleView.Full.of(find(id)))
                : turns.readRules(() -> RuleView.Full.of(projector.ruleEditor().version(id, version)));
        return ResponseBuilder.ok(full).header("ETag", RuleText.etag(full.rule().version())).build();
    }

    /// What the log has put in force of this rule, newest first. What is installed is not among it.
    @GET
    @Path("/{id}/versions")
    @Parameter(name = "cursor", in = QUERY, description = "next of the page before", schema = @Schema(type = STRING))
    @Parameter(name = "limit", in = QUERY, schema = @Schema(type = INTEGER, minimum = "1", maximum = "500", defaultValue = "100"))
    public RuleView.Versions versions(@PathParam("id") String id, @Context UriInfo uri) {
        var parameters = Parameters.of(uri);
        var room = Room.of(parameters.limit());
        var before = parameters.cursor("cursor", Cursors::number);
        var page = turns.read(() -> projector.journeys().read(snapshot -> snapshot.ruleVersions(id, before, room)));
        if (page.items().isEmpty() && before == null) {
            find(id);
        }
        return new RuleView.Versions(page.items(), page.next(version -> Cursors.of(version.version())));
    }

    /// Makes a new version of the rule, or the rule, with the calendars beside it that it names.
    @PUT
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, RuleText.YAML, RuleText.TEXT_YAML})
    @RolesAllowed({Roles.ANALYST, Roles.ADMIN})
    public RestResponse<Changed> define(
            @PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("Content-Type") @Nullable String mediaType, byte[] body) {
        var wish = wish(ifMatch);
        return turns.changeRules(() -> {
            var rules = read(mediaType, body);
            return changed(id, projector.ruleEditor().define(one(id, rules), wish), rules);
        });
    }

    private static WrittenRule one(String id, List<WrittenRule> rules) {
        if (rules.size() != 1 || !rules.getFirst().rule().id().equals(id)) {
            throw new Refusal(ErrorCode.INVALID_BODY, "The body must hold one rule, with the id that the path names.");
        }
        return rules.getFirst();
    }

    /// Takes the rule away; one that came with the installation is as it was installed again.
    @DELETE
    @Path("/{id}")
    @RolesAllowed({Roles.ANALYST, Roles.ADMIN})
    public RestResponse<Changed> remove(@PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        var wish = wish(ifMatch);
        return turns.changeRules(() -> changed(id, projector.ruleEditor().remove(id, wish), List.of()));
    }

    /// @param version whose words are to be in force, under a new number
    /// @param activeFrom from when on; `null` for all history
    record Activation(long version, @Nullable OffsetDateTime activeFrom) {}

    @POST
    @Path("/{id}/activate")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ANALYST, Roles.ADMIN})
    public RestResponse<Changed> activate(@PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch, @Nullable Activation activation) {
        if (activation == null) {
            throw new Refusal(ErrorCode.INVALID_BODY, "The body names the version, as in { \"version\": 2 }.");
        }
        var from = activation.activeFrom() == null ? null : activation.activeFrom().toInstant();
        var wish = wish(ifMatch);
        return turns.changeRules(() -> changed(id, projector.ruleEditor().activate(id, activation.version(), from, wish), List.of()));
    }

    /// Says whether a text of rules would be taken, and what is doubtful about it. Writes nothing.
    @POST
    @Path("/validate")
    @Consumes({MediaType.APPLICATION_JSON, RuleText.YAML, RuleText.TEXT_YAML})
    public RuleView.Valid validate(@HeaderParam("Content-Type") @Nullable String mediaType, byte[] body) {
        return turns.readRules(() -> RuleView.Valid.of(read(mediaType, body)));
    }

    /// Starts a back-test of the rule in force, or of one that is not yet, over all journeys; its figures are at `GET /v1/backtests/{id}`.
    @POST
    @Path("/{id}/backtests")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(202)
    @RolesAllowed({Roles.ANALYST, Roles.OPERATOR, Roles.ADMIN})
    public BacktestView backtest(@PathParam("id") String id, @Nullable BacktestRequest request) {
        var wanted = request == null ? BacktestRequest.ALL : request;
        var rule = wanted.definition() == null ? find(id).rule()
                : turns.readRules(() -> one(id, projector.ruleEditor().read("definition.yaml", wanted.definition())).rule());
        return turns.longRead(_ -> backtests.start(UUID.randomUUID().toString(), rule, wanted, projector.backtestReads(), clock.instant()));
    }

    private List<WrittenRule> read(@Nullable String mediaType, byte[] body) {
        return projector.ruleEditor().read(RuleText.name(mediaType), RuleText.of(body));
    }

    private Wish wish(@Nullable String ifMatch) {
        return new Wish(RuleText.expected(ifMatch), caller.name(), clock.instant(), UUID.randomUUID().toString());
    }

    private static RestResponse<Changed> changed(String id, Change change, List<WrittenRule> rules) {
        return ResponseBuilder.create(change.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                        new Changed(id, change.version(), change.created(), Warning.of(rules)))
                .header("ETag", RuleText.etag(change.version())).build();
    }

    private InForce find(String id) {
        return find(projector, id);
    }

    /// The rule that a path names.
    static InForce find(Projector projector, String id) {
        return projector.rules().rule(id).orElseThrow(() -> new Refusal(ErrorCode.RULE_UNKNOWN,
                "There is no such rule" + suggestion(projector, id) + "; GET /v1/rules lists them."));
    }

    /// The rule that the parameter `rule` names.
    static InForce named(Projector projector, String id) {
        return projector.rules().rule(id).orElseThrow(() -> unknown(projector, id));
    }

    /// Refuses rules that are none in the parameter `rule`: a misspelt one has found nothing, which reads like good news. One that was removed is
    /// known by what it found.
    static void requireKnown(List<String> ids, Projector projector, Snapshot snapshot) {
        refuseOthers(ids, id -> isInForce(id, projector) || snapshot.hasFindingsOf(id), projector);
    }

    /// As [#requireKnown], where what was found formerly is not asked for.
    static void requireInForce(List<String> ids, Projector projector) {
        refuseOthers(ids, id -> isInForce(id, projector), projector);
    }

    private static boolean isInForce(String id, Projector projector) {
        return id.equals(SourceSilence.RULE) || projector.rules().rule(id).isPresent();
    }

    private static void refuseOthers(List<String> ids, Predicate<String> known, Projector projector) {
        ids.stream().filter(known.negate()).findFirst().ifPresent(id -> {
            throw unknown(projector, id);
        });
    }

    private static Refusal unknown(Projector projector, String id) {
        return Parameters.invalid("rule names no rule that there is" + suggestion(projector, id) + "; GET /v1/rules lists them.");
    }

    private static String suggestion(Projector projector, String id) {
        return Suggestion.of(id, projector.rules().rules().stream().map(rule -> rule.rule().id()).toList());
    }
}
