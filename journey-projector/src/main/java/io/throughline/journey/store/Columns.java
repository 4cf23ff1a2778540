package io.throughline.journey.store;

import io.throughline.events.Token;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;

/// Rows turned into columns, one array each, for `unnest` and `ANY`.
final class Columns {

    private Columns() {}

    static <R, T> T[] of(Collection<R> rows, Function<R, T> value, T[] type) {
        return rows.stream().map(value).toList().toArray(type);
    }

    static UUID[] ids(Collection<Token> tokens) {
        return tokens.stream().map(Token::value).toArray(UUID[]::new);
    }
}
