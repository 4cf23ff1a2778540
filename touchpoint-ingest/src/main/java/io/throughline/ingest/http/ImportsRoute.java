package io.throughline.ingest.http;

import io.throughline.events.access.Principal;
import io.throughline.events.access.Role;
import io.throughline.ingest.Budget;
import io.throughline.ingest.ContentMode;
import io.throughline.ingest.ErrorCode;
import io.throughline.ingest.Gzip;
import io.throughline.ingest.Limits;
import io.throughline.ingest.imports.Ending;
import io.throughline.ingest.imports.FileImport;
import io.throughline.ingest.imports.ImportLimits;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// `POST /v1/imports`: a file of events of any length. Each import has a virtual thread and a fixed share of memory for as long as it runs.
@Singleton
public final class ImportsRoute implements Handler<RoutingContext> {

    private static final Logger LOG = Logger.getLogger(ImportsRoute.class);
    private static final String NDJSON = "application/x-ndjson";

    private final Callers callers;
    private final Budget budget;
    private final Limits limits;
    private final ImportLimits importLimits;
    private final FileImport.Tools tools;
    private final LogOutage outage;
    private final AtomicInteger running = new AtomicInteger();

    ImportsRoute(Callers callers, Budget budget, Limits limits, ImportLimits importLimits, FileImport.Tools tools, LogOutage outage) {
        this.callers = callers;
        this.budget = budget;
        this.limits = limits;
        this.importLimits = importLimits;
        this.tools = tools;
        this.outage = outage;
    }

    public int running() {
        return running.get();
    }

    @Override
    public void handle(RoutingContext context) {
        var request = context.request();
        var caller = callers.of(request);
        if (!(caller instanceof Principal.Staff staff && (staff.is(Role.OPERATOR) || staff.is(Role.ADMIN)))) {
            throw ErrorCode.NOT_PERMITTED.refusal("The key " + caller.id() + " may not import files: that needs role operator.");
        }
        requireNdjson(request.getHeader(HttpHeaders.CONTENT_TYPE));
        boolean gzip = Bodies.isGzip(request);
        outage.refuse();
        var share = budget.open();
        enter(share);
        Bodies.sendContinue(request);
        var eventLoop = context.vertx().getOrCreateContext();
        var body = new BodyStream(request, eventLoop);
        var fileImport = new FileImport(tools, importLimits, limits.eventBytes(), caller, gzip ? Gzip.stream(body) : body);
        Thread.ofVirtual().name("import").start(() -> run(fileImport, caller, share, context, eventLoop));
    }

    private void enter(Budget.Share share) {
        if (running.incrementAndGet() > importLimits.concurrent()) {
            running.decrementAndGet();
            throw ErrorCode.IMPORTS_BUSY.refusal(importLimits.concurrent() + " imports run already: send the file again when one has ended.");
        }
        try {
            share.grow(importLimits.memory());
        } catch (RuntimeException busy) {
            running.decrementAndGet();
            throw busy;
        }
    }

    private void run(FileImport fileImport, Principal caller, Budget.Share share, RoutingContext context, Context eventLoop) {
        try (share) {
            var ending = fileImport.run();
            LOG.infof("An import ended: key=%s ending=%s lines=%d accepted=%d refused=%d", caller.id(), ending.getClass().getSimpleName(),
                    ending.summary().lines(), ending.summary().accepted(), ending.summary().refused());
            eventLoop.runOnContext(_ -> answer(context, ending));
        } catch (InterruptedException | RuntimeException failure) {
            eventLoop.runOnContext(_ -> Answers.failure(context, failure));
        } finally {
            running.decrementAndGet();
        }
    }

    private static void answer(RoutingContext context, Ending ending) {
        var path = context.request().path();
        switch (ending) {
            case Ending.Complete complete -> Answers.json(context, 200, complete.summary());
            case Ending.CutShort cut -> Answers.problem(context, 400, ImportAnswer.of(cut, path));
            case Ending.LogLost lost -> Answers.problem(context, 503, ImportAnswer.of(lost, path));
        }
    }

    private static void requireNdjson(@Nullable String contentType) {
        if (contentType == null || !ContentMode.mediaType(contentType).equals(NDJSON)) {
            throw ErrorCode.UNSUPPORTED_MEDIA_TYPE.refusal("An import is " + NDJSON + ": one CloudEvent a line.");
        }
        ContentMode.requireUtf8(contentType);
    }
}
