package io.throughline.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.throughline.ingest.ErrorCode;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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

    /// @throws io.throughline.ingest.Refusal `invalid-request`
    static Page of(HttpServerRequest request) {
        return new Page(after(request.getParam("cursor")), limit(request.getParam("limit")));
    }

    /// What asks for the page after the one that ends with `key`.
    static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        int limit = LIMIT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ErrorCode.INVALID_REQUEST.refusal("The parameter limit is a number from 1 to " + MAX_LIMIT + ".");
        }
        return limit;
    }

    private static @Nullable String after(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor))).toString();
        } catch (CharacterCodingException | IllegalArgumentException _) {
            throw ErrorCode.INVALID_REQUEST.refusal("The parameter cursor is not one of ours: take it from next of the page before.");
        }
    }
}
