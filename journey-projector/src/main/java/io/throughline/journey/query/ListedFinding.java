package io.throughline.journey.query;

import io.throughline.journey.finding.Finding;
import java.time.Instant;

/// @param serial counted up as findings become known
public record ListedFinding(long serial, Finding finding) {

    /// Where in a list a finding stands, in either order.
    public record Place(Instant activationAt, long serial) {}

    public Place place() {
        return new Place(finding.activationAt(), serial);
    }
}
