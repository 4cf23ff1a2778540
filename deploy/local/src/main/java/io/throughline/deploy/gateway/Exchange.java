package io.throughline.deploy.gateway;

import io.throughline.events.Problem;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// One request and its answer. It holds a place with a service until the client has been answered, whatever the client still
/// sends; then the rest of the body is read for a moment, so that the answer is not destroyed on its way (RFC 9112, section
/// 9.6), and the connection is closed.
///
/// For one event loop.
final class Exchange {
    private final Visitor visitor;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final ClientBody body;
    private final Limits limits;
    private final Pace upload;
    private final Pace download;
    private Runnable release = () -> { };
    private HttpClientRequest upstream;
    private boolean forwarded;
    private Problem fault;
    private boolean over;
    private long restUntil = Long.MAX_VALUE;

    /// To be made before anything of the request's body has been read.
    Exchange(Visitor visitor, HttpServerRequest request, Limits limits) {
        this.visitor = visitor;
        this.request = request;
        this.response = request.response();
        this.body = new ClientBody(request);
        this.limits = limits;
        this.upload = Pace.of(limits);
        this.download = Pace.of(limits);
        visitor.begin(this);
        response.endHandler(_ -> answered());
    }

    ClientBody body() {
        return body;
    }

    /// Answers at the gateway itself and closes the connection.
    void refuse(Problem problem) {
        Problems.headers(problem).forEach(response::putHeader);
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(Problems.json(request.decoderResult().isSuccess() ? problem.at(request.path()) : problem));
    }

    /// @param release gives back the place that was taken with the service; run once
    void enter(Runnable release) {
        this.release = release;
        forwarded = true;
    }

    /// The connection on which the service is asked; fails when the client has gone in the meantime, or its body is at fault.
    Future<HttpClientRequest> asks(HttpClientRequest connected) {
        // The one who asks learns of it from the answer; without this, each client that goes away would be an error in the log.
        connected.exceptionHandler(_ -> { });
        if (over || fault != null) {
            connected.reset();
            return Future.failedFuture("the client has gone");
        }
        upstream = connected;
        return Future.succeededFuture(connected);
    }

    /// What to answer when the service cannot.
    Problem failure(Problem otherwise) {
        return fault == null ? otherwise : fault;
    }

    /// Whether the client still sends: then its connection cannot serve another request.
    boolean isUnfinished() {
        return !body.ended();
    }

    /// One look at the time.
    void look(long now) {
        if (over) {
            if (now > restUntil) {
                visitor.cut();
            }
        } else if (!download.keeps(response.bytesWritten(), response.headWritten() && response.writeQueueFull())) {
            visitor.cut();
        } else if (!upload.keeps(body.bytes(), body.wanted())) {
            giveUpOnBody(Problems.bodyTooSlow(limits));
        }
    }

    /// The body is not framed as HTTP asks, so that nothing after it can be read either.
    ///
    /// @return whether the client is told so; it is not where an answer has begun already
    boolean breakOff() {
        if (!forwarded || over || body.ended() || response.headWritten()) {
            return false;
        }
        giveUpOnBody(Problems.malformed("The body is not framed as HTTP asks: a chunk begins with its length in hexadecimal digits and ends with a line break."));
        return true;
    }

    /// The connection is closed.
    void gone() {
        if (!over) {
            over = true;
            stopAsking();
            leave();
        }
    }

    private void giveUpOnBody(Problem why) {
        if (response.headWritten()) {
            visitor.cut();
        } else {
            fault = why;
            stopAsking();
        }
    }

    private void answered() {
        over = true;
        if (!body.ended()) {
            stopAsking();
        }
        leave();
        // Where nothing more is to come, only what was written has still to go out.
        restUntil = System.nanoTime() + (body.ended() ? limits.idle() : limits.rest()).toNanos();
        body.drop(visitor.caller() == null ? limits.restBytes() : Integer.MAX_VALUE, this::afterRest);
    }

    private void afterRest() {
        if (response.headers().contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true)) {
            visitor.close();
        } else {
            visitor.end(System.nanoTime());
        }
    }

    /// Takes the connection away from the service: it is free at once for another request.
    private void stopAsking() {
        if (upstream != null) {
            upstream.reset();
        }
    }

    private void leave() {
        release.run();
        release = () -> { };
    }
}
