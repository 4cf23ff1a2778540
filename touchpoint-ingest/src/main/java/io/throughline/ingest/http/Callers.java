package io.throughline.ingest.http;

import io.throughline.events.access.Principal;
import io.throughline.ingest.ErrorCode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/// Who calls, by the bearer token (RFC 6750) of the request.
@Singleton
final class Callers {

    private static final String SCHEME = "Bearer ";

    private final AccessFile access;

    Callers(AccessFile access) {
        this.access = access;
    }

    /// @throws io.throughline.ingest.Refusal `unauthenticated`
    Principal of(HttpServerRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw ErrorCode.UNAUTHENTICATED.refusal("Send the header Authorization: Bearer <token>.");
        }
        return access.list().authenticate(header.substring(SCHEME.length()).strip())
                .orElseThrow(() -> ErrorCode.UNAUTHENTICATED.refusal("The token is not known, or no longer."));
    }
}
