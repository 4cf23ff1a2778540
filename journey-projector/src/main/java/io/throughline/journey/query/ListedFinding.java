package io.throughline.journey.query;

import io.throughline.journey.finding.Finding;

/// @param serial its place in the list, counted up as findings become known
public record ListedFinding(long serial, Finding finding) {}
