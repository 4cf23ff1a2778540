package io.throughline.deploy.gateway;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.ReadStream;

/// The body of a request on its way to a service: counted, asked for with `100 Continue` only when the service takes it, and dropped once
/// the request is answered.
final class ClientBody implements ReadStream<Buffer> {
    private final HttpServerRequest request;
    private boolean continueDue;
    private boolean wanted;
    private boolean dropped;
    private boolean ended;
    private long bytes;
    private Handler<Buffer> toService = _ -> { };
    private Handler<Void> onEnd = _ -> { };
    private Handler<Throwable> onFailure = _ -> { };
    private Runnable afterDrop = () -> { };
    private long dropLimit;

    /// To be made before anything of the body has been read; reads nothing until it is asked to.
    ClientBody(HttpServerRequest request) {
        this.request = request;
        this.continueDue = request.headers().contains(HttpHeaders.EXPECT) && request.version() == HttpVersion.HTTP_1_1;
        request.pause();
        request.handler(this::arrive);
        request.endHandler(_ -> end());
        request.exceptionHandler(failure -> onFailure.handle(failure));
    }

    /// Of the body, so far.
    long bytes() {
        return bytes;
    }

    boolean ended() {
        return ended;
    }

    /// Whether it is the client's turn: the service would take more.
    boolean wanted() {
        return wanted && !ended;
    }

    /// From now on what comes is read and dropped.
    ///
    /// @param limit most bytes of it
    /// @param after called once: when the body has ended, when nothing more is to come, or at the limit
    void drop(long limit, Runnable after) {
        dropped = true;
        afterDrop = after;
        dropLimit = bytes + limit;
        if (ended || continueDue) {
            finish();
        } else {
            request.resume();
        }
    }

    private void arrive(Buffer chunk) {
        bytes += chunk.length();
        if (!dropped) {
            toService.handle(chunk);
        } else if (bytes > dropLimit) {
            finish();
        }
    }

    private void end() {
        ended = true;
        if (dropped) {
            finish();
        } else {
            onEnd.handle(null);
        }
    }

    private void finish() {
        var after = afterDrop;
        afterDrop = () -> { };
        after.run();
    }

    @Override
    public ClientBody handler(Handler<Buffer> handler) {
        toService = handler == null ? _ -> { } : handler;
        return this;
    }

    @Override
    public ClientBody endHandler(Handler<Void> handler) {
        onEnd = handler == null ? _ -> { } : handler;
        if (ended && !dropped) {
            onEnd.handle(null);
        }
        return this;
    }

    @Override
    public ClientBody exceptionHandler(Handler<Throwable> handler) {
        onFailure = handler == null ? _ -> { } : handler;
        return this;
    }

    @Override
    public ClientBody pause() {
        if (!dropped) {
            wanted = false;
            request.pause();
        }
        return this;
    }

    @Override
    public ClientBody resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public ClientBody fetch(long amount) {
        if (!dropped) {
            wanted = true;
            if (continueDue) {
                continueDue = false;
                request.response().writeContinue();
            }
            request.fetch(amount);
        }
        return this;
    }
}
