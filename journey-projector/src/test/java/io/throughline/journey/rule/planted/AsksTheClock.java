package io.throughline.journey.rule.planted;

import io.vertx.core.Vertx;
import java.time.Instant;

/// What the rules must not do, twice; [io.throughline.journey.ArchitectureTest] has to notice.
class AsksTheClock {
    Instant now(Vertx vertx) {
        return Instant.now();
    }
}
