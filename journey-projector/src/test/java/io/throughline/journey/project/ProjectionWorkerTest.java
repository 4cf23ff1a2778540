package io.throughline.journey.project;

import static io.throughline.journey.project.Deliveries.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What a worker makes of a log that fails to answer: a script is the log, and a list is the store.
class ProjectionWorkerTest {
    private static final Instant NOW = Instant.parse("2026-03-02T19:00:00Z");
    private static final Duration SKEW = Duration.ofMillis(500);

    private final Kept kept = new Kept();
    private final List<String> troubles = new ArrayList<>();
    private int opened;
    private ProjectionWorker worker;

    @Test
    void aSilentLogIsKeptAndSaidToBeSilent() {
        run(
                new Step(() -> Map.of(0, 1L), List.of(event(1, "a", 1, 0))),
                new Step(ProjectionWorkerTest::noAnswer, List.of()),
                new Step(ProjectionWorkerTest::noAnswer, List.of()),
                new Step(() -> Map.of(0, 1L), List.of()));

        assertThat(opened).isEqualTo(1);
        assertThat(kept.taken).isEqualTo(1);
        // As seen when the next step begins: before any, after the first, in the silence twice.
        assertThat(troubles).containsExactly("", "", "no answer", "no answer");
        assertThat(worker.trouble()).isEmpty();
    }

    @Test
    void timeStandsStillWhileTheLogIsSilent() {
        run(
                new Step(() -> Map.of(0, 1L), List.of(event(1, "a", 1, 0))),
                new Step(ProjectionWorkerTest::noAnswer, List.of()),
                new Step(() -> Map.of(0, 1L), List.of()));

        assertThat(kept.advances).extracting(Advance::projectedThrough).containsExactly(NOW.minus(SKEW), NOW.plusSeconds(2).minus(SKEW));
    }

    @Test
    void whatIsReadInSilenceIsProjectedAndIsNotTakenForAll() {
        run(
                new Step(() -> Map.of(0, 1L), List.of(event(1, "a", 1, 0))),
                new Step(ProjectionWorkerTest::noAnswer, List.of(event(1, "b", 2, Deliveries.at(1), NOW))),
                new Step(ProjectionWorkerTest::noAnswer, List.of()));

        assertThat(kept.advances).extracting(Advance::to).containsExactly(1L, 2L);
        assertThat(kept.advances.getLast().projectedThrough()).as("no further than the last record, whatever the clock says").isEqualTo(NOW);
    }

    @Test
    void afterAnyOtherFailureTheLogIsOpenedAnew() {
        run(
                new Step(() -> { throw new IllegalStateException("out of range"); }, List.of()),
                new Step(() -> Map.of(0, 0L), List.of()));

        assertThat(opened).isEqualTo(2);
        assertThat(troubles).containsExactly("", "out of range");
    }

    /// One round of the worker; the clock goes on by a second with each.
    private record Step(Supplier<Map<Integer, Long>> ends, List<Decoded> records) {}

    private static Map<Integer, Long> noAnswer() {
        throw new SilentLogException("no answer", new RuntimeException());
    }

    private void run(Step... steps) {
        var script = new Script(List.of(steps));
        worker = new ProjectionWorker(kept, script::open, () -> NOW.plusSeconds(script.next), SKEW, _ -> {});
        worker.run();
    }

    private final class Script implements TouchpointLog {
        private final List<Step> steps;
        private int next;

        Script(List<Step> steps) {
            this.steps = steps;
        }

        TouchpointLog open(Owner owner) {
            opened++;
            owner.taken(List.of(0));
            return this;
        }

        @Override
        public Map<Integer, Long> ends() {
            troubles.add(worker.trouble());
            try {
                return steps.get(next).ends().get();
            } catch (IllegalStateException failure) {
                next++;
                throw failure;
            }
        }

        @Override
        public List<Decoded> poll(Duration timeout) {
            var records = steps.get(next++).records();
            if (next == steps.size()) {
                worker.stop();
            }
            return records;
        }

        @Override
        public void close() {}
    }

    private static final class Kept implements ProjectionStore {
        private final List<Advance> advances = new ArrayList<>();
        private int taken;

        @Override
        public List<Checkpoint> take(Collection<Integer> partitions) {
            taken++;
            return List.of(new Checkpoint(0, 0, taken, Instant.EPOCH, Instant.EPOCH));
        }

        @Override
        public void project(Collection<Advance> advances, BatchPlan plan) {
            this.advances.addAll(advances);
        }
    }
}
