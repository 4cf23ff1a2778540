package io.throughline.deploy.gateway;

import io.vertx.core.http.HttpConnection;

/// One connection of a client: a stranger until it shows a valid token, then its caller's.
final class Visitor {
    private final HttpConnection connection;
    private final String address;
    private String caller;
    private Exchange exchange;
    private long quietSince;
    private boolean closing;

    /// @param now nanoseconds of a monotonic clock
    Visitor(HttpConnection connection, long now) {
        this.connection = connection;
        this.address = connection.remoteAddress().hostAddress();
        this.quietSince = now;
    }

    String address() {
        return address;
    }

    /// Whose token it showed last; `null` for a stranger.
    String caller() {
        return caller;
    }

    void belongTo(String caller) {
        this.caller = caller;
    }

    boolean isIdle() {
        return exchange == null;
    }

    void begin(Exchange next) {
        exchange = next;
    }

    void end(long now) {
        exchange = null;
        quietSince = now;
    }

    /// One look at the time: closes what is too slow.
    void look(long now, Limits limits) {
        if (exchange != null) {
            exchange.look(now);
        } else if (now - quietSince > (caller == null ? limits.head() : limits.idle()).toNanos()) {
            cut();
        }
    }

    /// The body that it sends cannot be read any further.
    ///
    /// @return whether it is told so
    boolean breakOff() {
        return exchange != null && exchange.breakOff();
    }

    /// No request that it has sent ahead is begun any more.
    boolean isClosing() {
        return closing;
    }

    /// Once what was written has gone out.
    void close() {
        closing = true;
        connection.close();
    }

    /// At once: a client that does not read would never be gone.
    void cut() {
        closing = true;
        Framing.cut(connection);
    }

    /// The connection is closed.
    void gone() {
        if (exchange != null) {
            exchange.gone();
        }
    }
}
