package io.throughline.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.deploy.access.AccessFiles;
import io.throughline.events.json.CloudEventJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PopulationTest {
    private static final LocalDate DAY = LocalDate.of(2026, 4, 2);

    @Test
    void theSameSeedAndDayGiveTheSameEventsAndFaults() {
        assertThat(new Population(7, DAY, 300).customers().toList()).isEqualTo(new Population(7, DAY, 300).customers().toList());
    }

    @Test
    void moreCustomersLeaveTheFirstOnesAsTheyWere() {
        assertThat(new Population(7, DAY, 40).customers().limit(20)).isEqualTo(new Population(7, DAY, 20).customers().toList());
    }

    @Test
    void anotherSeedGivesOtherCustomers() {
        assertThat(new Population(7, DAY, 20).customers().map(Customer::identity))
                .doesNotContainAnyElementsOf(new Population(8, DAY, 20).customers().map(Customer::identity).toList());
    }

    /// The oracle below reads the rules from their words in the catalogue and knows nothing of how events are made up.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void exactlyThePlantedFaultsAreFaults(long seed) {
        new Population(seed, DAY, 200).customers().forEach(customer ->
                assertThat(Oracle.faults(customer.events(), now())).as("seed %d, %s", seed, customer.identity())
                        .containsExactlyInAnyOrderElementsOf(customer.faults()));
    }

    /// Up to a day later an obligation must not have become overdue by itself.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingFallsDueWhileTheDemoIsLookedAt(long seed) {
        new Population(seed, DAY, 200).customers().forEach(customer ->
                assertThat(Oracle.faults(customer.events(), now().plusSeconds(86_400))).as("seed %d, %s", seed, customer.identity())
                        .containsExactlyInAnyOrderElementsOf(customer.faults()));
    }

    @Test
    void everyKindOfFaultIsPlanted() {
        var kinds = new HashSet<String>();
        new Population(1, DAY, 500).customers().flatMap(customer -> customer.faults().stream()).forEach(fault -> kinds.add(fault.rule()));
        assertThat(kinds).containsExactlyInAnyOrderElementsOf(EnumSet.allOf(Fault.class).stream().map(Fault::rule).toList());
    }

    @Test
    void everyEventCanBeReadBackAndLiesInTheLastSixtyDays() {
        new Population(3, DAY, 100).customers().flatMap(customer -> customer.events().stream()).forEach(event -> {
            assertThat(CloudEventJson.read(event.toJson())).isInstanceOf(CloudEventJson.Reading.Readable.class);
            assertThat(event.at()).isBefore(now()).isAfter(DAY.minusDays(61).atStartOfDay(ZoneOffset.UTC).toInstant());
        });
    }

    @Test
    void idsAreUnique() {
        var ids = new Population(5, DAY, 200).customers().flatMap(customer -> customer.events().stream()).map(DemoEvent::id).toList();
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void everySourceIsPostedAndHasAKey(@TempDir Path folder) throws IOException {
        var keys = AccessFiles.in(folder)
                .ensure("http://localhost", new Random()).sources().keySet();
        assertThat(keys).containsExactlyInAnyOrderElementsOf(Sources.ANSWERS_FIRST);
        var used = new Population(5, DAY, 500).customers().flatMap(customer -> customer.events().stream()).map(DemoEvent::source).distinct();
        assertThat(used).containsExactlyInAnyOrderElementsOf(Sources.ANSWERS_FIRST);
    }

    @Test
    void theAddressStoryHasItsTwoFaults() {
        var story = AddressStory.on(DAY);
        assertThat(Oracle.faults(story.events(), now())).containsExactlyInAnyOrderElementsOf(story.faults());
    }

    private static Instant now() {
        return DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    static LongStream seeds() {
        return Long.getLong("seed") instanceof Long given ? LongStream.of(given) : new Random().longs(10);
    }
}
