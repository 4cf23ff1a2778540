package io.throughline.journey.publish;

import io.throughline.events.Token;
import io.throughline.journey.rule.FindingId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One revision of a finding on its way to the world.
///
/// @param serial its place in the queue
/// @param person `null` where the finding is about no person
/// @param value JSON of the finding
public record Revision(long serial, FindingId id, @Nullable Token person, int revision, Instant changedAt, String value) {}
