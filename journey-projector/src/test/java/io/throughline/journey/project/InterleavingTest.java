package io.throughline.journey.project;

import static io.throughline.journey.project.Deliveries.RECORDED;
import static io.throughline.journey.project.Deliveries.at;
import static io.throughline.journey.project.Deliveries.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.project.PausedEvaluations.Gap;
import io.throughline.journey.rule.file.RuleFiles;
import io.throughline.journey.rulebook.Rules;
import io.throughline.journey.store.Database;
import io.throughline.journey.store.PostgresEvaluations;
import io.throughline.journey.store.PostgresProjectionStore;
import io.throughline.journey.store.PostgresSettling;
import io.throughline.journey.store.TestDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The evaluator is paused between each pair of its steps while another connection inserts: whatever the gap, no event stays unevaluated.
class InterleavingTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    /// Each page view is a violation, so that findings are looked up and written.
    private static final String RULE = "{ id: unviewed, pattern: absence, forbid: { type: page-viewed.v1 } }";

    private Database database;
    private PostgresProjectionStore store;
    private Checkpoint checkpoint;

    /// How an event comes: by itself, or with so many more behind it that its mark is kept with those of its batch.
    private enum Arrival {
        CAUGHT_UP(0),
        FAR_BEHIND(Advance.FAR_BEHIND + 1);

        private final long lag;

        Arrival(long lag) {
            this.lag = lag;
        }
    }

    static Stream<Arguments> gaps() {
        return Stream.of(Gap.values()).flatMap(gap -> Stream.of(Arrival.values())
                .flatMap(first -> Stream.of(Arrival.values()).map(second -> Arguments.of(gap, first, second))));
    }

    @ParameterizedTest
    @MethodSource("gaps")
    void anEventInsertedInAnyGapIsEvaluated(Gap gap, Arrival first, Arrival second) throws Exception {
        try (var fresh = DATABASE.create()) {
            database = fresh;
            store = new PostgresProjectionStore(database, "touchpoints");
            store.register(1);
            checkpoint = store.take(List.of(0)).getFirst();
            insert("first", first);
            var paused = new PausedEvaluations(new PostgresEvaluations(database, "touchpoints", Share.usual(0, 1)), gap, () -> insert("second", second));
            var worker = new EvaluationWorker(
                    paused, false, Rules.always(RuleFiles.read("test.yaml", RULE)), new Reconciliation(Duration.ofDays(30)), InstantSource.system(), () -> 0, () -> {});

            while (worker.evaluateNext() > 0) {
                // until nobody waits
            }

            assertThat(paused.reached()).as("the evaluator came through the gap").isTrue();
            assertThat(evaluated()).isEqualTo(2);
        }
    }

    private void insert(String id, Arrival arrival) {
        long next = checkpoint.next() + 1;
        store.project(List.of(new Advance(0, checkpoint.next(), next, checkpoint.epoch(), next + arrival.lag, RECORDED, RECORDED)),
                BatchPlan.of(List.of(event(1, id, 1, at(checkpoint.next()), RECORDED))));
        checkpoint = new Checkpoint(0, next, checkpoint.epoch(), RECORDED, RECORDED);
    }

    private long evaluated() {
        return new PostgresSettling(database, 1, () -> {}).settle(Duration.ofMinutes(2)).touchpoints();
    }
}
