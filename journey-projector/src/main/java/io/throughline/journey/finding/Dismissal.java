package io.throughline.journey.finding;

import java.time.Instant;

/// What a person decided of a finding.
///
/// @param version counts the decisions on this finding, from 1
/// @param by the name of the key that it was asked with
public record Dismissal(long version, String reason, String by, Instant at) {

    /// Of a reason, in characters.
    public static final int MOST_REASON = 500;
}
