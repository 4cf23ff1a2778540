package io.throughline.journey.query;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a list.
///
/// @param more whether the list goes on behind it
public record Page<T>(List<T> items, boolean more) {

    public Page {
        items = List.copyOf(items);
    }

    /// Where the next page begins, as `cursor` says it of the last item; `null` where there is none.
    public @Nullable String next(Function<T, String> cursor) {
        return more ? cursor.apply(items.getLast()) : null;
    }
}
