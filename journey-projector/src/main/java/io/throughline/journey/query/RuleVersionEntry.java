package io.throughline.journey.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A version of a rule in the list of its versions, without what it says.
///
/// @param removed whether it took the rule away
/// @param activeFrom from when on it governs, as it is written; `null` for all history
public record RuleVersionEntry(long version, boolean removed, @Nullable String activeFrom, String changedBy, Instant changedAt) {}
