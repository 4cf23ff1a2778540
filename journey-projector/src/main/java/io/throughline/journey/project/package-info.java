/// From the log into the store: decode, plan, one transaction behind a fence; and the evaluation that follows.
///
/// The types here are pure but for the two loops, [io.throughline.journey.project.ProjectionWorker] and
/// [io.throughline.journey.project.EvaluationWorker], which know their neighbours only as ports.
package io.throughline.journey.project;
