package io.throughline.ingest.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/// What a caller still sends after it was answered.
///
/// Closing at once would often destroy the answer on its way (RFC 9112, section 9.6); reading on for ever would be a gift.
final class UnreadBody {

    private static final long MAX_BYTES = 64 * 1024 * 1024;
    private static final Duration MAX_TIME = Duration.ofSeconds(5);

    private UnreadBody() {}

    /// To be called right before the answer is sent. Reads and drops the rest, for a moment and up to a limit, and then closes
    /// the connection, as the answer says.
    static void discard(RoutingContext context) {
        var request = context.request();
        if (request.isEnded()) {
            return;
        }
        request.exceptionHandler(_ -> { });
        if (Bodies.isPresent(request)) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            long deadline = context.vertx().setTimer(MAX_TIME.toMillis(), _ -> request.connection().close());
            var dropped = new long[1];
            request.handler((Buffer chunk) -> {
                dropped[0] += chunk.length();
                if (dropped[0] > MAX_BYTES) {
                    request.connection().close();
                }
            });
            request.endHandler(_ -> {
                context.vertx().cancelTimer(deadline);
                request.connection().close();
            });
        }
        request.resume();
    }
}
