package io.throughline.journey.store.planted;

import io.throughline.journey.http.JourneyView;

/// What the store must not know.
record KnowsAnotherEdge(JourneyView view) {}
