package io.throughline.journey.publish;

import io.throughline.events.Token;
import io.throughline.journey.rule.FindingId;
import java.time.Instant;

/// One revision of a finding on its way to the world.
///
/// @param serial its place in the queue
/// @param value JSON of the finding
public record Revision(long serial, FindingId id, Token person, int revision, Instant changedAt, String value) {}
