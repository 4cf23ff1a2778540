package io.throughline.ingest.http;

import io.throughline.events.access.AccessFile;
import io.throughline.events.access.AccessList.Caller;
import io.throughline.events.access.Principal;
import io.throughline.ingest.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/// Who calls, by the bearer token (RFC 6750) of the request.
@Singleton
final class Callers {

    private final AccessFile access;

    Callers(AccessFile access) {
        this.access = access;
    }

    /// @throws Refusal `unauthenticated`
    Principal of(HttpServerRequest request) {
        return switch (access.list().caller(request.getHeader(HttpHeaders.AUTHORIZATION))) {
            case Caller.Known(var principal) -> principal;
            case Caller.Unknown(var problem) -> throw new Refusal(problem);
        };
    }
}
