package io.throughline.ingest.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/// What a caller still sends after it was answered.
///
/// Closing at once would often destroy the answer on its way (RFC 9112, section 9.6); reading on for ever would be a gift.
final class UnreadBody {

    private static final long MAX_BYTES = 64 * 1024 * 1024;

    private UnreadBody() {}

    /// Reads and drops the rest, up to a limit; beyond it the connection is closed.
    static void discard(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        var dropped = new long[1];
        request.handler((Buffer chunk) -> {
            dropped[0] += chunk.length();
            if (dropped[0] > MAX_BYTES) {
                request.connection().close();
            }
        });
        request.exceptionHandler(_ -> { });
        request.resume();
    }
}
