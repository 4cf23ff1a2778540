package io.throughline.journey.query;

import io.throughline.journey.digest.Digest;
import java.time.Instant;
import java.util.SortedMap;

/// The projection at rest for a moment: at fixed positions and evaluation time, with nothing waiting.
///
/// @param positions next offset not projected yet, by `topic-partition`
/// @param journeys sum over all persons: what is in the journeys
/// @param verdicts sum over all persons: what the rules say of it
public record Settled(int generation, SortedMap<String, Long> positions, Instant evaluatedAt, long persons, long touchpoints,
        Digest journeys, Digest verdicts) {}
