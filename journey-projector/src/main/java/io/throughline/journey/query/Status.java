package io.throughline.journey.query;

import java.util.List;
import java.util.SortedMap;

/// How the projection stands.
///
/// @param waiting persons with news, or with a deadline that has passed, who are not evaluated yet
/// @param findings by status
public record Status(
        int generation, List<CheckpointView> checkpoints, long waiting, long journeys, long touchpoints, SortedMap<String, Long> findings, Meta meta) {}
