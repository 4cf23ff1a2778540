package io.throughline.journey.query;

import io.throughline.journey.rule.FindingId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which journeys to find; `null`, or an empty list, where anything will do. All that is said of findings must hold of one finding, all that is said of
/// touchpoints of one touchpoint.
///
/// @param finding the journey that this finding is about
/// @param from with a touchpoint then or later, of those that `channels`, `types` and `source` allow
/// @param to with a touchpoint before
public record JourneyFilter(
        @Nullable FindingId finding, List<String> rules, List<String> statuses, List<String> severities, @Nullable String stage,
        List<String> channels, List<String> types, @Nullable String source, @Nullable Instant from, @Nullable Instant to) {

    public static final JourneyFilter ANY = new JourneyFilter(null, List.of(), List.of(), List.of(), null, List.of(), List.of(), null, null, null);

    /// Whether it asks for anything of findings.
    public boolean isAboutFindings() {
        return finding != null || !rules.isEmpty() || !statuses.isEmpty() || !severities.isEmpty() || stage != null;
    }

    /// Whether it asks for anything of touchpoints but their time.
    public boolean isAboutKinds() {
        return !channels.isEmpty() || !types.isEmpty() || source != null;
    }
}
