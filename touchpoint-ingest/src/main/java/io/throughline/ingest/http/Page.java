package io.throughline.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.throughline.events.Text;
import io.vertx.core.http.HttpServerRequest;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which part of a list is asked for.
///
/// @param after the last key of the page before; `null` for the first page
record Page(@Nullable String after, int limit) {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 500;
    private static final Pattern LIMIT = Pattern.compile("[1-9]\\d{0,3}");

    /// @throws io.throughline.ingest.Refusal `invalid-parameter`
    static Page of(HttpServerRequest request) {
        var parameters = Parameters.of(request, "limit", "cursor");
        var limit = parameters.parsed("limit", Page::limit, "a number from 1 to " + MAX_LIMIT);
        return new Page(parameters.parsed("cursor", Page::after, "next of the page before"), limit == null ? DEFAULT_LIMIT : limit);
    }

    /// What asks for the page after the one that ends with `key`.
    static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
    }

    private static int limit(String text) {
        int limit = LIMIT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("out of range");
        }
        return limit;
    }

    private static String after(String cursor) {
        var key = Text.ofUtf8(Base64.getUrlDecoder().decode(cursor));
        if (key == null || key.isEmpty()) {
            throw new IllegalArgumentException("not one of ours");
        }
        return key;
    }
}
