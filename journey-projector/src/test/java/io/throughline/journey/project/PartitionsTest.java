package io.throughline.journey.project;

import static io.throughline.journey.project.Deliveries.RECORDED;
import static io.throughline.journey.project.Deliveries.at;
import static io.throughline.journey.project.Deliveries.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What records and ends of the log mean for the partitions that a worker owns.
class PartitionsTest {

    private static final Instant ASKED = RECORDED.plusSeconds(60);

    private final Partitions owned = new Partitions();

    @Test
    void timesOfAPartitionDoNotRunBackwardsNeitherWithinABatchNorAfterTheLastOne() {
        owned.take(new Checkpoint(0, 1, 1, RECORDED, RECORDED));
        var records = owned.monotone(List.of(recorded(1, -5), recorded(2, 10), recorded(3, 7), recorded(4, 11)));
        assertThat(records).extracting(Decoded::recordedAt).containsExactly(after(0), after(10), after(10), after(11));
    }

    @Test
    void timeOfAPartitionThatIsNotAtItsEndIsThatOfItsLastRecord() {
        owned.take(new Checkpoint(0, 1, 1, RECORDED, RECORDED));
        var ends = new Ends(ASKED, Map.of(0, 9L));
        var advances = owned.advances(List.of(recorded(1, 1), recorded(4, 2)), Map.of(), ends);
        assertThat(advances).containsExactly(new Advance(0, 1, 5, 1, 9, after(2), after(2)));
        owned.advance(advances);
        assertThat(owned.lag(ends)).isEqualTo(4);
        assertThat(owned.advances(List.of(), Map.of(), ends)).as("no news").isEmpty();
    }

    @Test
    void whoeverIsAtTheEndHasHeardAllThatWasRecordedWhenItWasAskedFor() {
        owned.take(new Checkpoint(0, 1, 1, RECORDED, RECORDED));
        owned.take(new Checkpoint(1, 3, 7, RECORDED, RECORDED));
        var advances = owned.advances(List.of(recorded(1, 1)), Map.of(), new Ends(ASKED, Map.of(0, 2L, 1, 3L)));
        assertThat(advances).containsExactlyInAnyOrder(new Advance(0, 1, 2, 1, 2, after(1), ASKED), new Advance(1, 3, 3, 7, 3, RECORDED, ASKED));
    }

    @Test
    void nothingIsSaidOfAPartitionWhoseEndIsUnknownOrThatWasLost() {
        owned.take(new Checkpoint(0, 1, 1, RECORDED, RECORDED));
        assertThat(owned.advances(List.of(), Map.of(), Ends.UNKNOWN)).isEmpty();
        owned.lose(List.of(0));
        assertThat(owned.advances(List.of(), Map.of(), new Ends(ASKED, Map.of(0, 1L)))).isEmpty();
    }

    @Test
    void offsetsWithoutARecordArePassed() {
        owned.take(new Checkpoint(0, 1, 1, RECORDED, RECORDED));
        owned.take(new Checkpoint(1, 3, 7, RECORDED, RECORDED));
        var advances = owned.advances(List.of(recorded(1, 1)), Map.of(0, 4L, 1, 4L), new Ends(ASKED, Map.of(0, 4L, 1, 9L)));
        assertThat(advances).containsExactlyInAnyOrder(new Advance(0, 1, 4, 1, 4, after(1), ASKED), new Advance(1, 3, 4, 7, 9, RECORDED, RECORDED));
    }

    @Test
    void aLogThatEndsBeforeTheCheckpointIsAnotherLogAndItsTimeStandsStill() {
        owned.take(new Checkpoint(0, 5, 1, RECORDED, RECORDED));
        var ends = new Ends(ASKED, Map.of(0, 2L));
        assertThat(owned.beyond(ends)).containsExactly(0);
        assertThat(owned.caughtUp(ends)).isEmpty();
        assertThat(owned.advances(List.of(), Map.of(), ends)).isEmpty();
    }

    private static Decoded recorded(long offset, long seconds) {
        return event(1, "e" + offset, 1, at(offset), after(seconds));
    }

    private static Instant after(long seconds) {
        return RECORDED.plusSeconds(seconds);
    }
}
