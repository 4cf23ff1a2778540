package io.throughline.ingest.http;

import io.throughline.events.access.Principal;
import io.throughline.ingest.Admission;
import io.throughline.ingest.Admission.Decision;
import io.throughline.ingest.BatchItems;
import io.throughline.ingest.BinaryEvent;
import io.throughline.ingest.Budget;
import io.throughline.ingest.ContentMode;
import io.throughline.ingest.ErrorCode;
import io.throughline.ingest.EventText;
import io.throughline.ingest.Gzip;
import io.throughline.ingest.Intake;
import io.throughline.ingest.Limits;
import io.throughline.ingest.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// `POST /v1/events`: live events, answered when the log has them. On the event loop from the first byte to the answer.
@Singleton
final class EventsRoute implements Handler<RoutingContext> {

    /// What an item costs beside its bytes, until it is answered: ten thousand tiny ones are not free.
    private static final int ITEM_OVERHEAD = 512;

    private final Callers callers;
    private final Bodies bodies;
    private final Budget budget;
    private final Limits limits;
    private final Admission admission;
    private final Intake intake;
    private final LogOutage outage;
    private final InstantSource clock;

    EventsRoute(Callers callers, Bodies bodies, Budget budget, Limits limits, Admission admission, Intake intake, LogOutage outage, InstantSource clock) {
        this.callers = callers;
        this.bodies = bodies;
        this.budget = budget;
        this.limits = limits;
        this.admission = admission;
        this.intake = intake;
        this.outage = outage;
        this.clock = clock;
    }

    @Override
    public void handle(RoutingContext context) {
        var request = context.request();
        var caller = callers.of(request);
        if (!Admission.mayPost(caller)) {
            throw ErrorCode.NOT_PERMITTED.refusal("The key " + caller.id() + " may not post events: that needs scope post, or role operator.");
        }
        var mode = ContentMode.of(request.getHeader(HttpHeaders.CONTENT_TYPE), hasAttributes(request), Bodies.isPresent(request));
        boolean gzip = Bodies.isGzip(request);
        outage.refuse();
        var limit = limit(mode);
        var share = budget.open();
        bodies.read(request, limit, share)
                .map(body -> gzip ? Gzip.inflate(body, limit.bytes(), limit.tooLarge(), share) : body)
                .map(body -> decide(mode, request, body, caller, share))
                .compose(decisions -> Future.fromCompletionStage(intake.take(decisions), context.vertx().getOrCreateContext()))
                .onComplete(taken -> {
                    share.close();
                    if (taken.failed()) {
                        Answers.failure(context, taken.cause());
                    } else if (mode == ContentMode.BATCH) {
                        answerBatch(context, taken.result());
                    } else {
                        answerOne(context, taken.result().getFirst());
                    }
                });
    }

    private Bodies.Limit limit(ContentMode mode) {
        return mode == ContentMode.BATCH
                ? Bodies.Limit.of(limits.batchBytes())
                : new Bodies.Limit(limits.eventBytes(), admission.tooLarge());
    }

    private List<Decision> decide(ContentMode mode, HttpServerRequest request, byte[] body, Principal caller, Budget.Share share) {
        var now = clock.instant();
        return switch (mode) {
            case STRUCTURED -> List.of(admission.decide(ByteBuffer.wrap(body), caller, now));
            case BINARY -> List.of(decideBinary(request, body, caller, now));
            case BATCH -> {
                var items = BatchItems.of(body, limits.batchEvents());
                share.grow((long) items.size() * ITEM_OVERHEAD);
                yield items.stream().map(item -> admission.decide(item, caller, now)).toList();
            }
        };
    }

    private Decision decideBinary(HttpServerRequest request, byte[] body, Principal caller, Instant now) {
        var data = body.length == 0 ? null : EventText.read(ByteBuffer.wrap(body));
        return admission.decide(BinaryEvent.structured(request.headers(), request.getHeader(HttpHeaders.CONTENT_TYPE), data), caller, now);
    }

    private static void answerOne(RoutingContext context, Outcome outcome) {
        switch (outcome) {
            case Outcome.Accepted _ -> Answers.json(context, 202, EventAnswer.of(List.of(outcome)));
            case Outcome.Rejected rejected -> Answers.problem(context, rejected.problem());
            case Outcome.Unknown unknown -> Answers.problem(context, ErrorCode.OUTCOME_UNKNOWN.problem(
                    "The event " + unknown.id() + " may or may not be on the log: send it again with the same id, which is harmless."));
        }
    }

    private static void answerBatch(RoutingContext context, List<Outcome> outcomes) {
        var answer = EventAnswer.of(outcomes);
        if (outcomes.stream().anyMatch(Outcome.Unknown.class::isInstance)) {
            var problem = ErrorCode.OUTCOME_UNKNOWN.problem(
                    "Items without a status may or may not be on the log: send them again with the same ids, which is harmless.");
            Answers.problem(context, problem.status(), new EventAnswer.Incomplete(problem.at(context.request().path()), answer.items()));
        } else {
            boolean allAccepted = outcomes.stream().allMatch(Outcome.Accepted.class::isInstance);
            Answers.json(context, allAccepted ? 202 : 207, answer);
        }
    }

    private static boolean hasAttributes(HttpServerRequest request) {
        return request.headers().contains(BinaryEvent.PREFIX + "id") || request.headers().contains(BinaryEvent.PREFIX + "specversion");
    }
}
