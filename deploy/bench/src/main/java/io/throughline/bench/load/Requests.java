package io.throughline.bench.load;

import io.vertx.core.buffer.Buffer;

/// Requests without end, each with events of its own.
public interface Requests {
    /// A whole HTTP request, ready to be sent.
    Buffer next();

    /// Events in each request.
    int events();
}
