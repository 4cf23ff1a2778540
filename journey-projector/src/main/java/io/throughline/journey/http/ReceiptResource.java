package io.throughline.journey.http;

import static org.eclipse.microprofile.openapi.annotations.enums.ParameterIn.QUERY;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.throughline.events.catalogue.CatalogueCheck;
import io.throughline.events.json.Violation;
import io.throughline.journey.Position;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.access.Caller;
import io.throughline.journey.access.Roles;
import io.throughline.journey.http.ReceiptView.RuleVerdict;
import io.throughline.journey.kafka.RecordLookup;
import io.throughline.journey.project.Decoded;
import io.throughline.journey.query.Filling;
import io.throughline.journey.query.Journeys.Snapshot;
import io.throughline.journey.query.Meta;
import io.throughline.journey.query.Receipt;
import io.throughline.journey.query.Room;
import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.EventRef;
import io.throughline.journey.run.Projector;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/// Where an event is: on the log, in a journey, kept aside, or not known.
@Path("/v1/receipts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.AGENT, Roles.LEAD, Roles.OPERATOR, Roles.PRIVACY, Roles.ADMIN, Roles.CHANNEL_RECEIPTS})
class ReceiptResource {

    /// What an answer says of a verdict beside the activation, at most.
    private static final int VERDICT_BYTES = 256;

    private final Projector projector;
    private final Turns turns;
    private final RecordLookup log;
    private final Caller caller;

    ReceiptResource(Projector projector, Turns turns, RecordLookup log, Caller caller) {
        this.projector = projector;
        this.turns = turns;
        this.log = log;
        this.caller = caller;
    }

    @GET
    @Parameter(name = "source", in = QUERY, required = true, description = "the source of the event", schema = @Schema(type = STRING))
    @Parameter(name = "id", in = QUERY, required = true, description = "the id of the event", schema = @Schema(type = STRING))
    @Parameter(name = "position", in = QUERY, description = "where the answer to the event said that it is, as in touchpoints-3:1042", schema = @Schema(type = STRING))
    public ReceiptView receipt(@Context UriInfo uri) {
        var parameters = Parameters.of(uri);
        var event = new EventRef(parameters.required("source"), parameters.required("id"));
        caller.mayAskAbout(event.source());
        var position = parameters.parsed("position", Position::parse, "a position, as in touchpoints-3:1042");
        return turns.longRead(deadline -> projector.longReads().<Supplier<ReceiptView>>read(snapshot -> {
            var meta = snapshot.meta();
            var receipt = snapshot.receipt(event.source(), event.id(), position);
            if (receipt instanceof Receipt.Waiting waiting) {
                return () -> waiting(event, waiting, meta); // asks the log: not while a snapshot is held
            }
            var view = view(event, receipt, meta, snapshot, deadline);
            return () -> view;
        }).get());
    }

    private ReceiptView view(EventRef event, Receipt receipt, Meta meta, Snapshot snapshot, Deadline deadline) {
        return switch (receipt) {
            case Receipt.Projected found -> projected(event, "projected", found.position(), null, found, found.recordedAt(),
                    verdicts(event, found, snapshot, deadline), meta);
            case Receipt.Duplicate duplicate -> projected(event, "duplicate", duplicate.position(), duplicate.standing().position(), duplicate.standing(),
                    duplicate.standing().recordedAt(), verdicts(event, duplicate.standing(), snapshot, deadline), meta);
            case Receipt.Conflict conflict -> projected(event, "conflict", conflict.position(), conflict.standing().position(), conflict.standing(),
                    conflict.recordedAt(), Verdicts.NONE, meta);
            case Receipt.Control control -> new ReceiptView(event.source(), event.id(), "control", control.position().toString(), null, null, null,
                    control.subject(), null, null, null, control.recordedAt(), List.of(), List.of(), 0, meta);
            case Receipt.Unreadable unreadable -> new ReceiptView(event.source(), event.id(), "unreadable", unreadable.position().toString(), null, null,
                    unreadable.reason(), null, null, null, null, unreadable.recordedAt(), List.of(), List.of(), 0, meta);
            case Receipt.Waiting waiting -> waiting(event, waiting, meta);
            case Receipt.Unknown unknown -> unknown(event, unknown.position(), meta);
        };
    }

    private static ReceiptView projected(EventRef event, String status, Position position, @Nullable Position standing, Receipt.Projected found,
            Instant recordedAt, Verdicts verdicts, Meta meta) {
        return new ReceiptView(event.source(), event.id(), status, position.toString(), null, standing == null ? null : standing.toString(), null, null,
                found.person().toString(), "/v1/journeys/" + found.person(), found.occurredAt(), recordedAt,
                verdicts.warnings(), verdicts.rules(), verdicts.count(), meta);
    }

    /// Believed only when the log itself shows the event there.
    private ReceiptView waiting(EventRef event, Receipt.Waiting waiting, Meta meta) {
        return log.at(waiting.position())
                .filter(record -> record instanceof Decoded.Event found
                        && found.envelope().attributes().source().equals(event.source()) && found.envelope().attributes().id().equals(event.id()))
                .map(record -> new ReceiptView(event.source(), event.id(), "accepted", waiting.position().toString(), waiting.behind(),
                        null, null, null, null, null, ((Decoded.Event) record).envelope().attributes().occurredAt(), record.recordedAt(),
                        List.of(), List.of(), 0, meta))
                .orElseGet(() -> unknown(event, waiting.position(), meta));
    }

    private static ReceiptView unknown(EventRef event, @Nullable Position position, Meta meta) {
        return new ReceiptView(event.source(), event.id(), "unknown", position == null ? null : position.toString(),
                null, null, null, null, null, null, null, null, List.of(), List.of(), 0, meta);
    }

    private Verdicts verdicts(EventRef event, Receipt.Projected found, Snapshot snapshot, Deadline deadline) {
        var at = snapshot.meta().evaluatedAt();
        var verdicts = new Filling<Long, RuleVerdict>(Room.of(Parameters.MAX_LIMIT));
        var count = new AtomicLong();
        var warnings = new ArrayList<Violation>();
        var watermarks = snapshot.watermarks();
        Consumer<Touchpoint> warn = touchpoint -> {
            if (touchpoint.source().equals(event.source()) && touchpoint.id().equals(event.id())) {
                warnings.addAll(CatalogueCheck.warnings(touchpoint.type(), touchpoint.payload().json(), watermarks.isRegistered(event.source(), touchpoint.type())));
            }
        };
        activationsAt(snapshot, found, at, deadline, warn, activation ->
                activation.evidence().stream().filter(piece -> piece.event().equals(event)).findFirst().ifPresent(piece -> {
                    var verdict = new RuleVerdict(activation.rule().id(), activation.rule().version(), piece.role().wire(),
                            activation.verdict().wire(), activation.events().getFirst().toString());
                    verdicts.offer(count.getAndIncrement(), verdict, VERDICT_BYTES + 3L * verdict.activation().length());
                }));
        return new Verdicts(verdicts.page().items(), count.get(), warnings);
    }

    /// @param seen told each touchpoint that the rules have seen
    private void activationsAt(Snapshot snapshot, Receipt.Projected found, Instant at, Deadline deadline, Consumer<Touchpoint> seen,
            Consumer<Activation> each) {
        var evaluation = projector.rules().held().rulebook().begin(at, snapshot.watermarks(), deadline.before(each));
        Consumer<Touchpoint> accept = evaluation::accept;
        snapshot.journeys(List.of(found.person()), at, touchpoints -> touchpoints.forEachRemaining(deadline.before(accept.andThen(seen))));
        evaluation.finish();
    }

    /// @param rules the first of them
    /// @param count of all
    /// @param warnings of the event itself
    private record Verdicts(List<RuleVerdict> rules, long count, List<Violation> warnings) {
        static final Verdicts NONE = new Verdicts(List.of(), 0, List.of());
    }
}
