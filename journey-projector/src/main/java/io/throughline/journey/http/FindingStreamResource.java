package io.throughline.journey.http;

import static org.eclipse.microprofile.openapi.annotations.enums.ParameterIn.HEADER;
import static org.eclipse.microprofile.openapi.annotations.enums.ParameterIn.QUERY;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.ARRAY;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.throughline.events.json.EventJson;
import io.throughline.journey.ProjectorConfig;
import io.throughline.journey.access.Caller;
import io.throughline.journey.access.Roles;
import io.throughline.journey.publish.FindingTail;
import io.throughline.journey.query.FindingFilter;
import io.throughline.journey.run.Projector;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Findings as they are published, as server-sent events: every revision at least once, those of one finding in order.
///
/// An event's id is a place on the log, so that who comes back with it, to whichever process, misses nothing. One event is sent at a time, and the
/// next is read when the connection has taken it: for a slow reader nothing is gathered, and one that takes none for as long as an exchange may
/// last is cut off. So is one whose key is withdrawn.
@Path("/v1/findings/stream")
@RunOnVirtualThread
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.AGENT, Roles.LEAD, Roles.OPERATOR, Roles.PRIVACY, Roles.ADMIN})
class FindingStreamResource {

    private static final Logger LOG = Logger.getLogger(FindingStreamResource.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    /// After which a reader that lost its connection comes back, in milliseconds.
    private static final long COME_BACK_MILLIS = 2_000;

    private final Projector projector;
    private final Turns turns;
    private final Caller caller;
    private final FindingView findingView;
    private final Duration heartbeat;

    FindingStreamResource(Projector projector, Turns turns, Caller caller, FindingView findingView, ProjectorConfig config) {
        this.caller = caller;
        this.projector = projector;
        this.turns = turns;
        this.findingView = findingView;
        this.heartbeat = config.heartbeat();
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(description = "Server-sent events named finding; the data is the finding as of /v1/findings/{id}. A reader that comes back with the last id in the header "
                    + "Last-Event-ID goes on there; revisions that it has already may come again, with the same revision number.")
    @APIResponse(responseCode = "200", description = "the stream, which does not end by itself",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = STRING)))
    @Parameter(name = "Last-Event-ID", in = HEADER, description = "the id of the last event seen; without, from now on", schema = @Schema(type = STRING))
    @Parameter(name = "rule", in = QUERY, description = "of any of these rules: repeated, or separated by commas",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "status", in = QUERY, description = "in any of suspected, open, resolved, withdrawn, dismissed",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "severity", in = QUERY, description = "of any of info, low, medium, high, critical",
            schema = @Schema(type = ARRAY, implementation = String.class))
    @Parameter(name = "stage", in = QUERY, description = "of rules that name this stage", schema = @Schema(type = STRING))
    @Parameter(name = "person", in = QUERY, description = "about this person: its token", schema = @Schema(type = STRING))
    @Parameter(name = "since", in = QUERY, description = "changed then or later; without Last-Event-ID the stream begins there",
            schema = @Schema(type = STRING, format = "date-time"))
    @Parameter(name = "from", in = QUERY, description = "happened then or later", schema = @Schema(type = STRING, format = "date-time"))
    @Parameter(name = "to", in = QUERY, description = "happened before", schema = @Schema(type = STRING, format = "date-time"))
    @Parameter(name = "zone", in = QUERY, description = "of the times in sentences; without it that of each rule", schema = @Schema(type = STRING))
    public void stream(@Context SseEventSink sink, @Context Sse sse, @Context UriInfo uri, @HeaderParam("Last-Event-ID") @Nullable String last) {
        var parameters = Parameters.of(uri);
        var filter = filter(parameters);
        var zone = parameters.zoneOfSentences();
        turns.stream(() -> open(last, filter.since()), (tail, exchange) -> {
            var reader = new Reader(sink, sse, exchange, caller.stands());
            // In the thread of the request: the head of the answer has gone out when it ends.
            reader.alive(tail.place());
            return () -> follow(tail, filter, zone, reader);
        });
    }

    /// Without a stream behind it: one that went on would keep the connection from the next request.
    @HEAD
    @Operation(hidden = true)
    public Response head(@Context UriInfo uri) {
        var parameters = Parameters.of(uri);
        filter(parameters);
        parameters.zoneOfSentences();
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS_TYPE).build();
    }

    private FindingFilter filter(Parameters parameters) {
        var filter = FindingParameters.filter(parameters);
        RuleResource.requireInForce(filter.rules(), projector);
        return filter;
    }

    private FindingTail open(@Nullable String last, @Nullable Instant since) {
        try {
            return projector.findingTails().open(last == null || last.isEmpty() ? null : last, since);
        } catch (IllegalArgumentException _) {
            throw Parameters.invalid("Last-Event-ID must be the id of an event of this stream; leave it out to begin with what comes from now on.");
        }
    }

    private void follow(FindingTail tail, FindingFilter filter, @Nullable ZoneId zone, Reader reader) {
        try {
            long spokeAt = System.nanoTime();
            while (!reader.isGone()) {
                for (var told : tail.poll(LOOK)) {
                    var finding = finding(told);
                    if (finding != null && passes(filter, finding)) {
                        reader.tell(told.place(), findingView.explained(finding, zone).toString());
                        spokeAt = System.nanoTime();
                    }
                }
                if (System.nanoTime() - spokeAt > heartbeat.toNanos()) {
                    reader.alive(tail.place());
                    spokeAt = System.nanoTime();
                }
            }
        } catch (RuntimeException failure) {
            if (!reader.isGone()) {
                LOG.warnf("A stream of findings ends: %s", failure.getMessage());
            }
        }
    }

    /// `null` for what is no finding of ours: another writer's.
    private static @Nullable ObjectNode finding(FindingTail.Told told) {
        try {
            return EventJson.mapper().readTree(told.value()) instanceof ObjectNode finding && finding.path("id").isTextual() ? finding : null;
        } catch (JsonProcessingException _) {
            return null;
        }
    }

    private static boolean passes(FindingFilter filter, ObjectNode finding) {
        return isAnyOf(finding, "rule", filter.rules()) && isAnyOf(finding, "status", filter.statuses()) && isAnyOf(finding, "severity", filter.severities())
                && is(finding, "stage", filter.stage()) && is(finding, "person", filter.person() == null ? null : filter.person().toString())
                && (filter.since() == null || !time(finding, "changedAt").isBefore(filter.since()))
                && (filter.from() == null || !time(finding, "activationAt").isBefore(filter.from()))
                && (filter.to() == null || time(finding, "activationAt").isBefore(filter.to()));
    }

    private static boolean isAnyOf(ObjectNode finding, String field, List<String> asked) {
        return asked.isEmpty() || asked.contains(finding.path(field).asText());
    }

    private static boolean is(ObjectNode finding, String field, @Nullable String asked) {
        return asked == null || asked.equals(finding.path(field).textValue());
    }

    private static Instant time(ObjectNode finding, String field) {
        try {
            return Instant.parse(finding.path(field).asText());
        } catch (DateTimeParseException _) {
            return Instant.EPOCH;
        }
    }

    /// Who is told, one event at a time.
    private record Reader(SseEventSink sink, Sse sse, Exchange exchange, BooleanSupplier stands) {

        boolean isGone() {
            return exchange.over().isDone() || sink.isClosed() || !stands.getAsBoolean();
        }

        void tell(String place, String finding) {
            send(sse.newEventBuilder().name("finding").id(place).data(String.class, finding).build());
        }

        /// Also moves the reader's place on past what it is not told.
        void alive(String place) {
            send(sse.newEventBuilder().id(place).reconnectDelay(COME_BACK_MILLIS).comment("following").build());
        }

        /// Waits until the connection has taken it; the exchange ends when that takes too long.
        private void send(OutboundSseEvent event) {
            if (!isGone()) {
                CompletableFuture.anyOf(sink.send(event).toCompletableFuture(), exchange.over()).join();
                exchange.wentOn();
            }
        }
    }
}
