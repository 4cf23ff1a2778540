package io.throughline.deploy.gateway;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which service answers a path. Nothing that is not listed here is reachable from outside.
public enum Route {
    INGEST, PROJECTOR;

    private static final Set<String> INGEST_PATHS = Set.of("/v1/events", "/v1/imports", "/v1/sources");
    private static final String SOURCES = "/v1/sources/";
    /// A service resolves these, so that a path could end elsewhere than where it seems to lead.
    private static final Pattern DOT_SEGMENT = Pattern.compile("/(\\.|%2e){1,2}(/|$)", Pattern.CASE_INSENSITIVE);
    /// Where one service turns identities into tokens for another.
    private static final String INTERNAL = "/v1/identities";

    /// @param path as it was sent, still percent-encoded
    static Optional<Route> of(String path) {
        if (DOT_SEGMENT.matcher(path).find()) {
            return Optional.empty();
        }
        if (INGEST_PATHS.contains(path) || path.startsWith(SOURCES)) {
            return Optional.of(INGEST);
        }
        var isInternal = path.equals(INTERNAL) || path.startsWith(INTERNAL + "/");
        return path.startsWith("/v1/") && !isInternal ? Optional.of(PROJECTOR) : Optional.empty();
    }
}
