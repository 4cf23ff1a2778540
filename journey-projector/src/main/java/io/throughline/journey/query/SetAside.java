package io.throughline.journey.query;

import io.throughline.events.Token;
import java.time.Instant;

/// A person whose evaluation failed.
///
/// @param failures one after the other
/// @param reason of the last one
/// @param retryAt when it is tried again; in the past while it waits for its turn
public record SetAside(Token person, int failures, String reason, Instant retryAt) {}
