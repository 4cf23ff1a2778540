package io.throughline.journey.query;

import io.throughline.events.OrderKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which touchpoints of a journey to show; `null` where anything will do.
///
/// @param through none that occurred later
/// @param from none that occurred earlier
/// @param before none that occurred then or later
/// @param after only what comes after this in the total order: where the last page ended
public record TouchpointFilter(
        Instant through, @Nullable Instant from, @Nullable Instant before, @Nullable String channel, @Nullable String type, @Nullable OrderKey after) {}
