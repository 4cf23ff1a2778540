package io.throughline.journey.query;

import java.util.List;
import java.util.SortedMap;

/// How the projection stands.
///
/// @param waiting persons with news, or with a deadline that has passed, who are not evaluated yet; without those who are set aside
/// @param setAside persons whose evaluation fails; tried again after growing pauses
/// @param overBudget persons with a rule that was not evaluated to the end of the journey, because it would cost too much
/// @param unpublished revisions of findings that the topic refuses
/// @param findings by status
/// @param warnings what an operator should know: each with its cause
public record Status(
        int generation, List<CheckpointView> checkpoints, long waiting, long setAside, long overBudget, long unpublished, long journeys, long touchpoints,
        SortedMap<String, Long> findings, List<String> warnings, Meta meta) {}
