package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Views are disposable: dropped and projected anew from the log they are the same, and nothing is told twice.
class RebuiltViewsTest {
    private static final int EVENTS = 2_000;
    /// Before any of them occurred: evaluation time passes them only once the whole log is read, so that no journey is judged, and told of, by a part of it.
    private static final Instant RECORDED = Instant.parse("2026-01-01T00:00:00Z");
    private static final String TOLD = "SELECT id, person, status, verdict, revision, content, known_at, changed_at FROM throughline.finding ORDER BY id, person";

    @Test
    void droppedViewsComeBackAndNothingIsToldAnew() throws Exception {
        var random = Seed.random(RebuiltViewsTest.class);
        var events = RandomEvents.of(random, EVENTS);
        Collections.shuffle(events, random);
        events.addAll(RandomEvents.again(events, 0.2, 3, random));
        try (var log = TouchpointLog.recordedByTheWriter("rebuilt", 4)) {
            events.forEach(event -> log.write(event, RECORDED));
            log.flush();
            var projection = Projection.of(log.topic(), "rebuilt");
            try (var projector = projection.start("projector", Map.of()).awaitReady()) {
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
