package io.throughline.ingest.http;

import io.throughline.events.GzipStream;
import io.throughline.events.access.Principal;
import io.throughline.events.access.Role;
import io.throughline.ingest.Budget;
import io.throughline.ingest.ContentMode;
import io.throughline.ingest.ErrorCode;
import io.throughline.ingest.Limits;
import io.throughline.ingest.imports.Ending;
import io.throughline.ingest.imports.FileImport;
import io.throughline.ingest.imports.ImportLimits;
import io.throughline.ingest.imports.KnownByDefault;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// `POST /v1/imports`: a file of events of any length. Each import has a virtual thread and a fixed share of memory for as long as it runs.
@Singleton
public final class ImportsRoute implements Handler<RoutingContext> {

    private static final Logger LOG = Logger.getLogger(ImportsRoute.class);
    private static final String NDJSON = "application/x-ndjson";
    private static final long MAX_LINE = 1_000_000_000_000L;
    private static final String PASSED_OVER =
            "Something that is not gzip follows the gzip of this file and was passed over, as gzip does: see whether the file is whole.";

    private final Callers callers;
    private final Budget budget;
    private final Limits limits;
    private final ImportLimits importLimits;
    private final FileImport.Tools tools;
    private final LogOutage outage;
    private final Map<String, Integer> byCaller = new ConcurrentHashMap<>();

    ImportsRoute(Callers callers, Budget budget, Limits limits, ImportLimits importLimits, FileImport.Tools tools, LogOutage outage) {
        this.callers = callers;
        this.budget = budget;
        this.limits = limits;
        this.importLimits = importLimits;
        this.tools = tools;
        this.outage = outage;
    }

    public int running() {
        return byCaller.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void handle(RoutingContext context) {
        var request = context.request();
        var caller = callers.of(request);
        if (!(caller instanceof Principal.Staff staff && (staff.is(Role.OPERATOR) || staff.is(Role.ADMIN)))) {
            throw ErrorCode.NOT_PERMITTED.refusal("The key " + caller.id() + " may not import files: that needs role operator.");
        }
        var parameters = Parameters.of(request, "line", "known");
        var firstLine = parameters.parsed("line", ImportsRoute::line, "the number of a line, from 1 to 1000000000000");
        var known = parameters.parsed("known", ImportsRoute::known, "occurred or unknown");
        requireNdjson(request.getHeader(HttpHeaders.CONTENT_TYPE));
        boolean gzip = Bodies.isGzip(request);
        outage.refuse();
        boolean asksFirst = Bodies.expectsContinue(request);
        var share = budget.open(caller.id());
        enter(caller, share);
        if (asksFirst) {
            request.response().writeContinue();
        }
        var eventLoop = context.vertx().getOrCreateContext();
        var body = new BodyStream(request, eventLoop, BodyStream.WINDOW);
        var inflating = gzip ? new GzipStream(body) : null;
        var fileImport = new FileImport(tools, importLimits, limits.eventBytes(), caller, known == null ? KnownByDefault.UNKNOWN : known,
                inflating == null ? body : inflating, firstLine == null ? 1 : firstLine);
        BooleanSupplier passedOver = () -> inflating != null && inflating.passedOver();
        Thread.ofVirtual().name("import").start(() -> run(fileImport, passedOver, body, caller, share, context, eventLoop));
    }

    /// No caller has more than half of the places, so that one is left for the others.
    private void enter(Principal caller, Budget.Share share) {
        int most = Math.max(1, importLimits.concurrent() / 2);
        if (byCaller.merge(caller.id(), 1, Integer::sum) > most) {
            leave(caller);
            throw ErrorCode.IMPORTS_BUSY.refusal(
                    most + " imports of the key " + caller.id() + " run already: send the file again when one has ended.");
        }
        if (running() > importLimits.concurrent()) {
            leave(caller);
            throw ErrorCode.IMPORTS_BUSY.refusal(importLimits.concurrent() + " imports run already: send the file again when one has ended.");
        }
        try {
            share.grow(importLimits.memory());
        } catch (RuntimeException busy) {
            leave(caller);
            throw busy;
        }
    }

    private void leave(Principal caller) {
        byCaller.computeIfPresent(caller.id(), (_, imports) -> imports == 1 ? null : imports - 1);
    }

    private void run(FileImport fileImport, BooleanSupplier passedOver, BodyStream body, Principal caller, Budget.Share share,
            RoutingContext context, Context eventLoop) {
        try (share) {
            var ending = fileImport.run();
            LOG.infof("An import ended: key=%s line=%d ending=%s lines=%d accepted=%d refused=%d", caller.id(), fileImport.firstLine(), ending.getClass().getSimpleName(),
                    ending.summary().lines(), ending.summary().accepted(), ending.summary().refused());
            eventLoop.runOnContext(_ -> answer(context, ending, passedOver.getAsBoolean(), body.isTooSlow()));
        } catch (InterruptedException | RuntimeException failure) {
            eventLoop.runOnContext(_ -> Answers.failure(context, failure));
        } finally {
            leave(caller);
        }
    }

    private static void answer(RoutingContext context, Ending ending, boolean passedOver, boolean tooSlow) {
        var path = context.request().path();
        switch (ending) {
            case Ending.Complete(var summary) -> Answers.json(context, 200, passedOver ? summary.passedOver(PASSED_OVER) : summary);
            case Ending.OtherFormat other -> answer(context, ImportAnswer.of(other, path));
            case Ending.CutShort cut -> answer(context, ImportAnswer.of(cut, tooSlow, path));
            case Ending.LogLost lost -> answer(context, ImportAnswer.of(lost, path));
        }
    }

    private static void answer(RoutingContext context, ImportAnswer answer) {
        Answers.problem(context, answer.problem(), answer);
    }

    private static long line(String text) {
        long line = text.matches("[0-9]{1,13}") ? Long.parseLong(text) : 0;
        if (line < 1 || line > MAX_LINE) {
            throw new IllegalArgumentException();
        }
        return line;
    }

    private static KnownByDefault known(String text) {
        return switch (text) {
            case "occurred" -> KnownByDefault.OCCURRED;
            case "unknown" -> KnownByDefault.UNKNOWN;
            default -> throw new IllegalArgumentException("neither of the two");
        };
    }

    private static void requireNdjson(@Nullable String contentType) {
        if (contentType == null || !ContentMode.mediaType(contentType).equals(NDJSON)) {
            throw ErrorCode.UNSUPPORTED_MEDIA_TYPE.refusal("An import is " + NDJSON + ": one CloudEvent a line.");
        }
        ContentMode.requireUtf8(contentType);
    }
}
