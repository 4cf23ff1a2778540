package io.throughline.journey.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A page is the beginning of the list, however its items come.
class FillingTest {

    @Test
    void oneItemIsTakenHoweverLargeItIs() {
        var filling = new Filling<Integer, String>(new Room(10, 100));
        filling.offer(1, "large", 1_000);
        filling.offer(2, "small", 1);
        assertThat(filling.page()).isEqualTo(new Page<>(List.of("large"), true));
    }

    @Test
    void nothingBehindWhatWasDroppedIsTakenEvenWhereItWouldFit() {
        var filling = new Filling<Integer, String>(new Room(10, 100));
        filling.offer(1, "one", 60);
        filling.offer(2, "two", 60);
        filling.offer(3, "three", 1);
        assertThat(filling.page()).isEqualTo(new Page<>(List.of("one"), true));
        assertThat(filling.end()).isEqualTo(2);
    }

    @Test
    void whereAllFitThereIsNoMore() {
        var filling = new Filling<Integer, String>(new Room(2, 100));
        filling.offer(2, "two", 50);
        filling.offer(1, "one", 50);
        assertThat(filling.page()).isEqualTo(new Page<>(List.of("one", "two"), false));
    }

    /// `-Dseed=N` replays one case.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void pagesAfterEachOtherAreTheWholeList(long seed) {
        var random = new Random(seed);
        var sizes = random.ints(1 + random.nextInt(60), 1, 200).toArray();
        var room = new Room(1 + random.nextInt(10), 1 + random.nextInt(500));
        var read = new ArrayList<Integer>();
        for (boolean more = true; more; ) {
            int after = read.isEmpty() ? -1 : read.getLast();
            var filling = new Filling<Integer, Integer>(room);
            var rest = new ArrayList<>(IntStream.range(after + 1, sizes.length).boxed().toList());
            Collections.shuffle(rest, random);
            rest.forEach(place -> filling.offer(place, place, sizes[place]));
            var page = filling.page();
            assertThat(page.items().size()).as("seed %d", seed).isBetween(1, room.items());
            int bytes = page.items().stream().mapToInt(place -> sizes[place]).sum();
            assertThat(page.items().size() == 1 || bytes <= room.bytes()).as("seed %d", seed).isTrue();
            read.addAll(page.items());
            more = page.more();
        }
        assertThat(read).as("seed %d", seed).isEqualTo(IntStream.range(0, sizes.length).boxed().toList());
    }

    static LongStream seeds() {
        return Long.getLong("seed") instanceof Long given ? LongStream.of(given) : new Random().longs(200);
    }
}
