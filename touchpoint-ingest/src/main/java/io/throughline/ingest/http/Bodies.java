package io.throughline.ingest.http;

import io.throughline.events.Problem;
import io.throughline.ingest.Budget;
import io.throughline.ingest.ErrorCode;
import io.throughline.ingest.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Whole bodies, read within limits.
public final class Bodies {

    private static final String CONTINUE = "100-continue";

    private final Vertx vertx;
    private final Duration timeout;

    /// @param timeout in which a whole body must arrive
    public Bodies(Vertx vertx, Duration timeout) {
        this.vertx = vertx;
        this.timeout = timeout;
    }

    /// @param tooLarge the answer to more than `bytes`
    record Limit(int bytes, Problem tooLarge) {
        /// For a body of this kind as a whole.
        static Limit of(int bytes) {
            return new Limit(bytes, ErrorCode.BODY_TOO_LARGE.problem("A body of this kind has at most " + bytes + " bytes, inflated: send less at once."));
        }
    }

    /// Must be called while the request has not been read from. Holds no more than the limit, and `share` grows by what it holds.
    ///
    /// @return fails with a [Refusal], also when the caller goes away
    Future<byte[]> read(HttpServerRequest request, Limit limit, Budget.Share share) {
        if (contentLength(request) > limit.bytes()) {
            return Future.failedFuture(new Refusal(limit.tooLarge()));
        }
        try {
            if (expectsContinue(request)) {
                request.response().writeContinue();
            }
        } catch (Refusal refusal) {
            return Future.failedFuture(refusal);
        }
        var body = Buffer.buffer();
        Promise<byte[]> whole = Promise.promise();
        request.handler(chunk -> {
            if (body.length() + chunk.length() > limit.bytes()) {
                whole.tryFail(new Refusal(limit.tooLarge()));
            } else if (!whole.future().isComplete()) {
                take(chunk, body, share, whole);
            }
        });
        request.endHandler(_ -> whole.tryComplete(body.getBytes()));
        request.exceptionHandler(_ -> whole.tryFail(ErrorCode.INVALID_REQUEST.refusal("The body broke off, or is not framed as HTTP asks.")));
        long timer = vertx.setTimer(timeout.toMillis(), _ -> whole.tryFail(ErrorCode.BODY_TIMEOUT.refusal(
                "The body did not arrive within " + timeout.toSeconds() + " seconds.")));
        request.resume();
        return whole.future().onComplete(_ -> vertx.cancelTimer(timer));
    }

    private static void take(Buffer chunk, Buffer body, Budget.Share share, Promise<byte[]> whole) {
        try {
            share.grow(chunk.length());
            body.appendBuffer(chunk);
        } catch (Refusal busy) {
            whole.tryFail(busy);
        }
    }

    /// Whether the caller asks before it sends (RFC 9110, section 10.1.1), and is to be told to go on.
    ///
    /// @throws Refusal `expectation-failed` for any other expectation
    static boolean expectsContinue(HttpServerRequest request) {
        var expectation = request.getHeader(HttpHeaders.EXPECT);
        if (expectation == null || CONTINUE.equalsIgnoreCase(expectation)) {
            return expectation != null;
        }
        throw ErrorCode.EXPECTATION_FAILED.refusal("The header Expect may say " + CONTINUE + " and nothing else.");
    }

    /// Whether the body is compressed.
    ///
    /// @throws Refusal `unsupported-encoding` for anything but gzip
    static boolean isGzip(HttpServerRequest request) {
        var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return false;
        }
        if (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip")) {
            return true;
        }
        throw ErrorCode.UNSUPPORTED_ENCODING.refusal("A body comes as it is or with Content-Encoding: gzip.");
    }

    static boolean isPresent(HttpServerRequest request) {
        return contentLength(request) > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    /// As announced; 0 where nothing is. HTTP itself has checked that it is a number.
    private static long contentLength(HttpServerRequest request) {
        @Nullable String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
