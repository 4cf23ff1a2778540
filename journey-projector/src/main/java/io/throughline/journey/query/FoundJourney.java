package io.throughline.journey.query;

import io.throughline.events.Token;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A journey in a list, as of its last evaluation.
///
/// @param findings how many stand: not those that were withdrawn
/// @param severity the highest of these; `null` where there is none
public record FoundJourney(Token person, Instant firstAt, Instant lastAt, long touchpoints, int findings, @Nullable String severity) {}
