package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Views are disposable: dropped and projected anew from the log they are the same, and nothing is told twice.
class RebuiltViewsTest {
    private static final int EVENTS = 2_000;
    /// Many steps, at any of which journeys are half there.
    private static final Map<String, String> SMALL_BATCHES = Map.of("THROUGHLINE_PROJECTOR_BATCH_SIZE", "20");
    private static final String TOLD =
            "SELECT id, person, status, verdict, revision, content, known_at, changed_at FROM throughline.finding ORDER BY id, person";

    @Test
    void droppedViewsComeBackAndNothingIsToldAnew() throws Exception {
        var random = Seed.random(RebuiltViewsTest.class);
        var events = RandomEvents.of(random, EVENTS);
        Collections.shuffle(events, random);
        events.addAll(RandomEvents.again(events, 0.2, 3, random));
        Phase.begins(RebuiltViewsTest.class, "projects %,d events, drops the views, projects them again", EVENTS);
        try (var log = TouchpointLog.recordedByTheBroker("rebuilt", 4)) {
            log.write(events);
            var projection = Projection.of(log.topic(), "rebuilt");
            try (var projector = projection.start("projector", SMALL_BATCHES).awaitReady()) {
                var before = projection.settle(projector);
                projection.awaitTold();
                var told = projection.database().rows(TOLD);
                projector.end();
                projection.database().execute("DROP SCHEMA g1 CASCADE");

                var after = projection.settle(projector.again().awaitReady());

                Projection.areSame(after, before);
                projection.audited();
                Rows.areSame(projection.database().rows(TOLD), told);
                assertThat(projection.database().number("SELECT count(*) FROM throughline.finding_queue")).isZero();
            }
        }
    }
}
