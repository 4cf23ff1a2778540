package io.throughline.journey.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.rule.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DigestSumTest {

    static LongStream seeds() {
        return Seeds.some(200);
    }

    /// Carries, too: many addends have bytes of 0xff only.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isTheSumInWhateverOrder(long seed) {
        var random = new Random(seed);
        var all = new ArrayList<byte[]>();
        for (int i = 0; i < 20; i++) {
            var bytes = new byte[Digest.BYTES];
            random.nextBytes(bytes);
            Arrays.fill(bytes, random.nextInt(Digest.BYTES), Digest.BYTES, (byte) (random.nextBoolean() ? 0xff : 0));
            all.add(bytes);
        }
        var sum = new Digest.Sum();
        all.forEach(sum::add);
        var expected = all.stream().map(Digest::of).reduce(Digest.ZERO, Digest::plus);
        assertThat(sum.digest()).as("seed %d", seed).isEqualTo(expected);
        Collections.shuffle(all, random);
        var shuffled = new Digest.Sum();
        all.forEach(shuffled::add);
        assertThat(shuffled.digest()).as("seed %d", seed).isEqualTo(expected);
        assertThat(new Digest.Sum().digest()).isEqualTo(Digest.ZERO);
    }
}
