package io.throughline.journey.query;

import io.throughline.events.OrderKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which touchpoints of a journey to show; `null`, or an empty list, where anything will do.
///
/// @param through none that occurred later
/// @param from none that occurred earlier
/// @param before none that occurred then or later
/// @param after only what comes after this in the total order: where the last page ended
public record TouchpointFilter(
        Instant through, @Nullable Instant from, @Nullable Instant before, List<String> channels, List<String> types, @Nullable OrderKey after) {}
