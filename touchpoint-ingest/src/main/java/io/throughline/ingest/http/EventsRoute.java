package io.throughline.ingest.http;

import io.throughline.events.Problem;
import io.throughline.events.access.Principal;
import io.throughline.ingest.Admission;
import io.throughline.ingest.Admission.Decision;
import io.throughline.ingest.Batch;
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
import io.throughline.ingest.Refusal;
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
import java.util.concurrent.CompletionStage;

/// `POST /v1/events`: live events, answered when the log has them. On the event loop from the first byte to the answer, but for
/// large bodies.
@Singleton
final class EventsRoute implements Handler<RoutingContext> {

    /// What an item costs beside its bytes, until it is answered: ten thousand tiny ones are not free.
    private static final int ITEM_OVERHEAD = 512;

    /// Items of an answer that is written at once: a few milliseconds.
    private static final int SMALL_ANSWER = 500;

    private final Callers callers;
    private final Bodies bodies;
    private final Budget budget;
    private final Limits limits;
    private final Workers workers;
    private final Admission admission;
    private final Intake intake;
    private final LogOutage outage;
    private final InstantSource clock;

    EventsRoute(Callers callers, Bodies bodies, Budget budget, Limits limits, Workers workers, Admission admission, Intake intake,
            LogOutage outage, InstantSource clock) {
        this.callers = callers;
        this.bodies = bodies;
        this.budget = budget;
        this.limits = limits;
        this.workers = workers;
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
        Parameters.none(request);
        var mode = ContentMode.of(request.getHeader(HttpHeaders.CONTENT_TYPE), hasAttributes(request), Bodies.isPresent(request));
        boolean gzip = Bodies.isGzip(request);
        outage.refuse();
        var limit = limit(mode);
        var share = budget.open(caller.id());
        bodies.read(request, limit, share)
                .compose(body -> workers.run(gzip || body.length > Workers.SMALL_BYTES,
                        () -> take(mode, request, gzip ? Gzip.inflate(body, limit.bytes(), limit.tooLarge(), share) : body, caller, share)))
                .compose(taken -> Future.fromCompletionStage(taken, context.vertx().getOrCreateContext()))
                .compose(outcomes -> workers.run(outcomes.size() > SMALL_ANSWER, () -> answer(mode, outcomes, request.path(), share)))
                .onFailure(failure -> {
                    share.close();
                    Answers.failure(context, failure);
                })
                .onSuccess(answer -> Answers.send(context, answer).onComplete(_ -> share.close()));
    }

    private Bodies.Limit limit(ContentMode mode) {
        return mode == ContentMode.BATCH
                ? Bodies.Limit.of(limits.batchBytes())
                : new Bodies.Limit(limits.eventBytes(), admission.tooLarge());
    }

    private CompletionStage<List<Outcome>> take(
            ContentMode mode, HttpServerRequest request, byte[] body, Principal caller, Budget.Share share) {
        var now = clock.instant();
        return switch (mode) {
            case STRUCTURED -> intake.take(List.of(admission.decide(ByteBuffer.wrap(body), caller, now)));
            case BINARY -> intake.take(List.of(decideBinary(request, body, caller, now)));
            case BATCH -> {
                var items = BatchItems.of(body, limits.batchEvents());
                share.grow((long) items.size() * ITEM_OVERHEAD);
                yield new Batch(admission, intake, caller, now).take(items);
            }
        };
    }

    private Decision decideBinary(HttpServerRequest request, byte[] body, Principal caller, Instant now) {
        var data = body.length == 0 ? null : EventText.read(ByteBuffer.wrap(body));
        return admission.decide(BinaryEvent.structured(request.headers(), request.getHeader(HttpHeaders.CONTENT_TYPE), data), caller, now);
    }

    /// What was sent is on the log or refused, and forgotten; the answer counts as held until it has left: a caller that does not read its
    /// answers uses up its own part.
    private static Answers.Written answer(ContentMode mode, List<Outcome> outcomes, String path, Budget.Share share) {
        var answer = mode == ContentMode.BATCH ? ofBatch(outcomes, path) : ofOne(outcomes.getFirst(), path);
        share.giveBack();
        try {
            share.grow(answer.body().length());
            return answer;
        } catch (Refusal _) {
            return problem(ErrorCode.OUTCOME_UNKNOWN.problem("There is no room for an answer of " + answer.body().length() + " bytes beside"
                    + " what waits for you already: read your answers, and send this again with the same ids, which is harmless."), path);
        }
    }

    private static Answers.Written ofOne(Outcome outcome, String path) {
        return switch (outcome) {
            case Outcome.Accepted _ -> Answers.Written.json(202, EventAnswer.of(List.of(outcome)));
            case Outcome.Rejected rejected -> problem(rejected.problem(), path);
            case Outcome.Unknown unknown -> problem(ErrorCode.OUTCOME_UNKNOWN.problem("The event " + unknown.id()
                    + " may or may not be on the log: send it again with the same id, which is harmless."), path);
        };
    }

    private static Answers.Written ofBatch(List<Outcome> outcomes, String path) {
        var answer = EventAnswer.of(outcomes);
        if (outcomes.stream().anyMatch(Outcome.Unknown.class::isInstance)) {
            var problem = ErrorCode.OUTCOME_UNKNOWN.problem(
                    "Items without a status may or may not be on the log: send them again with the same ids, which is harmless.");
            return Answers.Written.problem(problem, new EventAnswer.Incomplete(problem.at(path), answer.items()));
        }
        boolean allAccepted = outcomes.stream().allMatch(Outcome.Accepted.class::isInstance);
        return Answers.Written.json(allAccepted ? 202 : 207, answer);
    }

    private static Answers.Written problem(Problem problem, String path) {
        return Answers.Written.problem(problem, problem.at(path));
    }

    private static boolean hasAttributes(HttpServerRequest request) {
        return request.headers().contains(BinaryEvent.PREFIX + "id") || request.headers().contains(BinaryEvent.PREFIX + "specversion");
    }
}
