package io.throughline.journey.project.planted;

import io.throughline.journey.store.PostgresJourneys;

/// What projection must not know.
record KnowsAnEdge(PostgresJourneys journeys) {}
