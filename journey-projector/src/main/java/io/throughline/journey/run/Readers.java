package io.throughline.journey.run;

import io.throughline.journey.query.Journeys;

/// What answers questions, by their kind: each has database connections of its own, so that none of them waits for another.
record Readers(Journeys journeys, Journeys longReads, Journeys statusReads, Journeys backtestReads) {}
