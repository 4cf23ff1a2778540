package io.throughline.journey.project;

import static io.throughline.journey.project.Deliveries.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.StoreException;
import java.nio.charset.StandardCharsets;
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
        assertThat(troubles).containsExactly("", "projecting partition 0: out of range");
    }

    @Test
    void theOneRecordThatTheStoreRefusesIsKeptAsideAndTheOthersGoOn() {
        kept.refused = "c";
        run(new Step(() -> Map.of(0, 5L), List.of(event(1, "a", 1, 0), event(1, "b", 2, 1), event(1, "c", 3, 2), event(1, "d", 4, 3), event(1, "e", 5, 4))));

        assertThat(kept.projected).containsExactlyInAnyOrder("a", "b", "d", "e");
        assertThat(kept.unreadable).singleElement().satisfies(record -> {
            assertThat(record.position().offset()).isEqualTo(2);
            assertThat(record.reason()).contains("too long");
            assertThat(new String(record.headers(), StandardCharsets.UTF_8)).contains("ce_id");
        });
        assertThat(kept.advances.getLast().to()).isEqualTo(5);
        assertThat(worker.trouble()).isEmpty();
    }

    @Test
    void aPartitionThatFailsIsInTroubleUntilItHasMovedOn() {
        kept.broken = true;
        run(
                new Step(() -> Map.of(0, 2L), List.of(event(1, "a", 1, 0))),
                new Step(() -> Map.of(0, 2L), List.of()),
                new Step(() -> {
                    kept.broken = false;
                    return Map.of(0, 2L);
                }, List.of(event(1, "a", 1, 0))),
                new Step(() -> Map.of(0, 2L), List.of()));

        assertThat(troubles).containsExactly("", "projecting partition 0: disk full", "projecting partition 0: disk full", "");
    }

    @Test
    void aLogThatEndsBeforeTheCheckpointIsATroubleAtEveryLook() {
        run(
                new Step(() -> Map.of(0, 1L), List.of(event(1, "a", 1, 0))),
                new Step(() -> Map.of(0, 0L), List.of()),
                new Step(() -> Map.of(0, 0L), List.of()));

        assertThat(worker.trouble()).contains("partition 0", "do not belong together");
        assertThat(kept.advances).as("no time passes on another log").hasSize(1);
    }

    /// One round of the worker; the clock goes on by a second with each.
    private record Step(Supplier<Map<Integer, Long>> ends, List<Decoded> records) {}

    private static Map<Integer, Long> noAnswer() {
        throw new SilentLogException("no answer", new RuntimeException());
    }

    private void run(Step... steps) {
        var script = new Script(List.of(steps));
        worker = new ProjectionWorker(kept, script::open, () -> NOW.plusSeconds(script.next), SKEW, _ -> {}, new FailedPartitions());
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
        public Polled poll(Duration timeout) {
            var records = steps.get(next++).records();
            if (next == steps.size()) {
                worker.stop();
            }
            return new Polled(records, Map.of());
        }

        @Override
        public void close() {}
    }

    private static final class Kept implements ProjectionStore {
        private final List<Advance> advances = new ArrayList<>();
        private final List<String> projected = new ArrayList<>();
        private final List<Decoded.Unreadable> unreadable = new ArrayList<>();
        private int taken;
        private boolean broken;
        private String refused = "";

        @Override
        public List<Checkpoint> take(Collection<Integer> partitions) {
            taken++;
            return List.of(new Checkpoint(0, 0, taken, Instant.EPOCH, Instant.EPOCH));
        }

        @Override
        public void project(Collection<Advance> advances, BatchPlan plan) {
            var ids = plan.standing().stream().map(one -> one.event().envelope().attributes().id()).toList();
            if (broken) {
                throw new Failure("disk full", false);
            }
            if (ids.contains(refused)) {
                throw new Failure("value too long", true);
            }
            this.advances.addAll(advances);
            projected.addAll(ids);
            unreadable.addAll(plan.unreadable());
        }

        private static final class Failure extends StoreException {
            Failure(String message, boolean aboutTheValues) {
                super(message, null, aboutTheValues);
            }
        }
    }
}
