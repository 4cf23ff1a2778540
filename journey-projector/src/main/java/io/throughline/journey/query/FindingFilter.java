package io.throughline.journey.query;

import io.throughline.events.Token;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which findings to list, newest first; `null` where anything will do.
///
/// @param since only those that changed then or later
/// @param beforeSerial only those older than this: where the last page ended
public record FindingFilter(
        @Nullable String rule, @Nullable String status, @Nullable String severity, @Nullable Token person, @Nullable Instant since,
        @Nullable Long beforeSerial) {}
