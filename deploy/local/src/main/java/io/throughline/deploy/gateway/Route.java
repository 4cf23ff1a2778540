package io.throughline.deploy.gateway;

import java.util.Optional;
import java.util.Set;

/// Which service answers a path. Nothing that is not listed here is reachable from outside.
enum Route {
    INGEST, PROJECTOR;

    private static final Set<String> INGEST_PATHS = Set.of("/v1/events", "/v1/imports");
    /// Where one service turns identities into tokens for another.
    private static final String INTERNAL = "/v1/identities";

    /// @param path as it was sent, still percent-encoded
    static Optional<Route> of(String path) {
        if (INGEST_PATHS.contains(path)) {
            return Optional.of(INGEST);
        }
        var isInternal = path.equals(INTERNAL) || path.startsWith(INTERNAL + "/");
        return path.startsWith("/v1/") && !isInternal ? Optional.of(PROJECTOR) : Optional.empty();
    }
}
