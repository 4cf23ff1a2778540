package io.throughline.journey.store;

import io.throughline.events.Token;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rows turned into columns, one array each, for `unnest` and `ANY`.
final class Columns {

    private Columns() {}

    static <R, T> T[] of(Collection<R> rows, Function<R, T> value, T[] type) {
        return rows.stream().map(value).toList().toArray(type);
    }

    /// For `ANY`; `null` where anything will do.
    static String @Nullable [] anyOf(List<String> values) {
        return values.isEmpty() ? null : values.toArray(String[]::new);
    }

    static UUID[] ids(Collection<Token> tokens) {
        return tokens.stream().map(Token::value).toArray(UUID[]::new);
    }
}
