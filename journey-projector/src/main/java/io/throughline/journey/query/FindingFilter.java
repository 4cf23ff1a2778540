package io.throughline.journey.query;

import io.throughline.events.Token;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which findings to list, newest first; `null`, or an empty list, where anything will do.
///
/// @param since only those that changed then or later
/// @param beforeSerial only those older than this: where the last page ended
public record FindingFilter(
        List<String> rules, List<String> statuses, List<String> severities, @Nullable Token person, @Nullable Instant since,
        @Nullable Long beforeSerial) {}
