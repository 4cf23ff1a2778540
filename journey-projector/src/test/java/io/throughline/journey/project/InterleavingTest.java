package io.throughline.journey.project;

import static io.throughline.journey.project.Deliveries.RECORDED;
import static io.throughline.journey.project.Deliveries.at;
import static io.throughline.journey.project.Deliveries.event;
import static io.throughline.journey.project.Deliveries.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.Token;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.Watermarks;
import io.throughline.journey.rule.file.RuleFiles;
import io.throughline.journey.rulebook.Rules;
import io.throughline.journey.store.Database;
import io.throughline.journey.store.PostgresEvaluations;
import io.throughline.journey.store.PostgresProjectionStore;
import io.throughline.journey.store.PostgresSettling;
import io.throughline.journey.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The evaluator is paused between each pair of its steps while another connection inserts: whatever the gap, no event stays unevaluated.
class InterleavingTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    /// Where the evaluator is paused. Every step of [Evaluations] has its gap, by the step that comes next.
    private enum Gap { BEFORE_ADVANCE, BEFORE_LOOKING, BEFORE_RULES, BEFORE_TIME, BEFORE_WAITING, BEFORE_LOCK, BEFORE_MARKS, BEFORE_WATERMARKS, BEFORE_LOAD, WHILE_LOADING, BEFORE_TOLD, BEFORE_WRITE, BEFORE_COMMIT, AFTER_COMMIT }

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
        return Stream.of(Gap.values()).flatMap(gap -> Stream.of(Arrival.values()).flatMap(first -> Stream.of(Arrival.values()).map(second -> Arguments.of(gap, first, second))));
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
            var paused = new Paused(new PostgresEvaluations(database, "touchpoints", Share.usual(0, 1)), gap, () -> insert("second", second));
            var worker = new EvaluationWorker(paused, Rules.always(RuleFiles.shipped()), new Reconciliation(Duration.ofDays(30)), InstantSource.system(), () -> 0, () -> {});

            while (worker.evaluateNext() > 0) {
                // until nobody waits
            }

            assertThat(paused.reached).as("the evaluator came through the gap").isTrue();
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
        return new PostgresSettling(database, 1, () -> {}).settle(Duration.ofSeconds(5)).touchpoints();
    }

    /// The evaluator's steps, and in one gap, the first time it is reached, what another does meanwhile.
    private static final class Paused implements Evaluations {
        private final Evaluations evaluations;
        private final Gap gap;
        private final Runnable meanwhile;
        private boolean reached;

        Paused(Evaluations evaluations, Gap gap, Runnable meanwhile) {
            this.evaluations = evaluations;
            this.gap = gap;
            this.meanwhile = meanwhile;
        }

        private void reach(Gap here) {
            if (here == gap && !reached) {
                reached = true;
                meanwhile.run();
            }
        }

        @Override
        public <T> T inTransaction(Function<Steps, T> steps) {
            T result = evaluations.inTransaction(actual -> {
                T inside = steps.apply(new PausedSteps(actual));
                reach(Gap.BEFORE_COMMIT);
                return inside;
            });
            reach(Gap.AFTER_COMMIT);
            return result;
        }

        @Override
        public void advanceTime() {
            reach(Gap.BEFORE_ADVANCE);
            evaluations.advanceTime();
        }

        @Override
        public boolean mayBeWaiting() {
            reach(Gap.BEFORE_LOOKING);
            return evaluations.mayBeWaiting();
        }

        private final class PausedSteps implements Steps {
            private final Steps steps;

            PausedSteps(Steps steps) {
                this.steps = steps;
            }

            @Override
            public Instant evaluationTime() {
                reach(Gap.BEFORE_TIME);
                return steps.evaluationTime();
            }

            @Override
            public long rulesRevision() {
                reach(Gap.BEFORE_RULES);
                return steps.rulesRevision();
            }

            @Override
            public Watermarks watermarks(Instant at) {
                reach(Gap.BEFORE_WATERMARKS);
                return steps.watermarks(at);
            }

            @Override
            public List<Token> waiting(Instant at) {
                reach(Gap.BEFORE_WAITING);
                return steps.waiting(at);
            }

            @Override
            public List<Token> lock(Collection<Token> persons) {
                reach(Gap.BEFORE_LOCK);
                return steps.lock(persons);
            }

            @Override
            public void takeMarks(Collection<Token> persons) {
                reach(Gap.BEFORE_MARKS);
                steps.takeMarks(persons);
            }

            @Override
            public void load(Collection<Token> persons, Consumer<Touchpoint> journeys) {
                reach(Gap.BEFORE_LOAD);
                steps.load(persons, touchpoint -> {
                    reach(Gap.WHILE_LOADING);
                    journeys.accept(touchpoint);
                });
            }

            @Override
            public Map<Token, Map<FindingId, Finding>> told(Map<Token, Judged> judged) {
                reach(Gap.BEFORE_TOLD);
                return steps.told(judged);
            }

            @Override
            public void write(Instant at, Map<Token, Judged> judged, List<Finding> revisions) {
                reach(Gap.BEFORE_WRITE);
                steps.write(at, judged, revisions);
            }
        }
    }
}
