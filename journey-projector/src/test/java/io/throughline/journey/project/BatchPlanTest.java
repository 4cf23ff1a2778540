package io.throughline.journey.project;

import static io.throughline.journey.project.Deliveries.control;
import static io.throughline.journey.project.Deliveries.event;
import static io.throughline.journey.project.Deliveries.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchPlanTest {

    @Test
    void anEventDeliveredTwiceIsProjectedOnce() {
        var plan = BatchPlan.of(List.of(event(1, "a", 7, 0), event(1, "a", 7, 1)));
        assertThat(plan.standing()).extracting(BatchPlan.Projected::event).containsExactly(event(1, "a", 7, 0));
        assertThat(plan.tallies()).containsEntry(0, new Tally(1, 1, 0, 0, 0));
    }

    @Test
    void ofTwoContentsRecordedAtOnceTheSmallerHashStands() {
        var plan = BatchPlan.of(List.of(event(1, "a", 9, 0), event(1, "a", 3, 1)));
        assertThat(plan.standing()).extracting(BatchPlan.Projected::event).containsExactly(event(1, "a", 3, 1));
        assertThat(plan.conflicting()).extracting(BatchPlan.Projected::event).containsExactly(event(1, "a", 9, 0));
        assertThat(plan.tallies()).containsEntry(0, new Tally(1, 0, 1, 0, 0));
    }

    @Test
    void theOneRecordedFirstStandsWhateverItsHash() {
        var first = event(1, "a", 9, 0);
        var later = event(1, "a", 3, Deliveries.at(1), Deliveries.RECORDED.plusMillis(1));
        assertThat(BatchPlan.of(List.of(first, later)).standing()).extracting(BatchPlan.Projected::event).containsExactly(first);
    }

    @Test
    void theSameEventOfTwoPersonsIsTwoEvents() {
        var plan = BatchPlan.of(List.of(event(1, "a", 7, 0), event(2, "a", 7, 1)));
        assertThat(plan.standing()).hasSize(2);
    }

    @Test
    void whatHasNoJourneyIsKeptApartAndCounted() {
        var plan = BatchPlan.of(List.of(control("o-1", 0), unreadable(1)));
        assertThat(plan.standing()).isEmpty();
        assertThat(plan.control()).hasSize(1);
        assertThat(plan.unreadable()).hasSize(1);
        assertThat(plan.tallies()).containsEntry(0, new Tally(0, 0, 0, 1, 1));
    }

    /// `-Dseed=N` replays one case.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatStandsDoesNotDependOnTheOrderOfDelivery(long seed) {
        var random = new Random(seed);
        var records = new ArrayList<Decoded>();
        for (int i = 0; i < 200; i++) {
            records.add(event(random.nextInt(5), "e" + random.nextInt(20), random.nextInt(3), i));
        }
        var plan = BatchPlan.of(records);
        Collections.shuffle(records, random);
        var shuffled = BatchPlan.of(records);
        assertThat(contents(shuffled)).as("seed %d", seed).isEqualTo(contents(plan));
        assertThat(plan.standing()).isSortedAccordingTo((one, other) -> one.key().compareTo(other.key()));
        assertThat(plan.tallies().get(0).sum()).isEqualTo(200);
    }

    static LongStream seeds() {
        return Long.getLong("seed") instanceof Long given ? LongStream.of(given) : new Random().longs(50);
    }

    private static List<Object> contents(BatchPlan plan) {
        return plan.standing().stream().<Object>map(projected -> List.of(projected.key(), projected.event().envelope().contentHash())).toList();
    }
}
