package io.throughline.journey.query;

import io.throughline.events.Token;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which findings are asked for; `null`, or an empty list, where anything will do.
///
/// @param since only those that changed then or later
/// @param from only those that happened then or later: whose activation did
/// @param to only those that happened before
public record FindingFilter(
        List<String> rules, List<String> statuses, List<String> severities, @Nullable String stage, @Nullable Token person,
        @Nullable Instant since, @Nullable Instant from, @Nullable Instant to) {

    public static final FindingFilter ANY = new FindingFilter(List.of(), List.of(), List.of(), null, null, null, null, null);
}
