package io.throughline.journey.query;

import java.time.Instant;
import java.util.SortedMap;

/// Where an answer stands: every answer computed from the log carries it.
///
/// @param positions next offset not projected yet, by `topic-partition`
/// @param lag records on the log that are not projected yet, as last seen
/// @param quarantined records that are kept aside because they are no event
/// @param evaluatedAt the evaluation time T of the verdicts
/// @param knownThrough everything recorded up to here is projected
public record Meta(int generation, SortedMap<String, Long> positions, long lag, long quarantined, Instant evaluatedAt, Instant knownThrough) {}
