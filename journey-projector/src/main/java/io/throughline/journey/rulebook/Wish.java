package io.throughline.journey.rulebook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who wants a rule changed, and on what grounds.
///
/// @param expected the version that the wish is based on, 0 for none; `null` where any will do
/// @param by the name of the key that asks
/// @param recordId for what is written, never used twice
public record Wish(@Nullable Long expected, String by, Instant at, String recordId) {}
