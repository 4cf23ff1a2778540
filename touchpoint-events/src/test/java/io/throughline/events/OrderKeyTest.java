package io.throughline.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrderKeyTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @Test
    void timeComesFirstThenSourceThenSequenceThenId() {
        assertInOrder(
                new OrderKey(NOON.minusNanos(1000), "/z", "9", "z"),
                new OrderKey(NOON, "/a", "2", "z"),
                new OrderKey(NOON, "/a", "10", "a"),
                new OrderKey(NOON, "/a", "10", "b"),
                new OrderKey(NOON, "/b", "1", "a"));
    }

    @Test
    void integersComeBeforeOtherSequencesAndAbsentOnesLast() {
        assertInOrder(sequence("-12"), sequence("-3"), sequence("0"), sequence("007"), sequence("12"), sequence("99999999999999999999999"),
                sequence(""), sequence("+1"), sequence("-"), sequence("1.5"), sequence("a"), sequence(null));
    }

    @Test
    void equalIntegersWrittenDifferentlyAreDecidedById() {
        assertInOrder(new OrderKey(NOON, "/s", "007", "a"), new OrderKey(NOON, "/s", "7", "b"));
        assertInOrder(new OrderKey(NOON, "/s", "-0", "a"), new OrderKey(NOON, "/s", "0", "b"));
    }

    @Test
    void textComparesByUtf8BytesAlsoBeyondTheBasicPlane() {
        String privateUse = "\uE000";
        String emoji = "\uD83D\uDE00"; // smaller than U+E000 in UTF-16 units, larger in UTF-8 bytes
        assertInOrder(new OrderKey(NOON, "/" + privateUse, null, "a"), new OrderKey(NOON, "/" + emoji, null, "a"));
    }

    @Test
    void namesTheKeyThatDecided() {
        var base = new OrderKey(NOON, "/a", "1", "x");
        assertThat(base.decidedBy(new OrderKey(NOON.plusSeconds(1), "/a", "1", "x"))).isEqualTo("time");
        assertThat(base.decidedBy(new OrderKey(NOON, "/b", "1", "x"))).isEqualTo("source");
        assertThat(base.decidedBy(new OrderKey(NOON, "/a", "2", "x"))).isEqualTo("sequence");
        assertThat(base.decidedBy(new OrderKey(NOON, "/a", "01", "y"))).isEqualTo("id");
    }

    /// `-Dseed=N` replays one case.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithBigIntegersAndEncodedBytes(long seed) {
        var random = new Random(seed);
        var keys = new ArrayList<OrderKey>();
        for (int i = 0; i < 60; i++) {
            keys.add(new OrderKey(NOON, "/s" + random.nextInt(2), randomSequence(random), Integer.toString(i)));
        }
        Collections.shuffle(keys, random);
        var expected = new ArrayList<>(keys);
        expected.sort(REFERENCE);
        Collections.sort(keys);
        assertThat(keys).as("seed %d", seed).isEqualTo(expected);
    }

    private static final Comparator<String> BYTES = (left, right) -> Arrays.compareUnsigned(
            left.getBytes(java.nio.charset.StandardCharsets.UTF_8), right.getBytes(java.nio.charset.StandardCharsets.UTF_8));

    private static final Comparator<OrderKey> REFERENCE = Comparator.comparing(OrderKey::source, BYTES)
            .thenComparing((left, right) -> {
                int byRank = Integer.compare(rank(left.sequence()), rank(right.sequence()));
                if (byRank != 0 || left.sequence() == null) {
                    return byRank;
                }
                return rank(left.sequence()) == 0
                        ? new BigInteger(left.sequence()).compareTo(new BigInteger(right.sequence()))
                        : BYTES.compare(left.sequence(), right.sequence());
            })
            .thenComparing(OrderKey::id, BYTES);

    private static int rank(String sequence) {
        return sequence == null ? 2 : sequence.matches("-?[0-9]+") ? 0 : 1;
    }

    private static String randomSequence(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> null;
            case 1 -> Integer.toString(random.nextInt(-20, 20));
            case 2 -> "00" + random.nextInt(20);
            case 3 -> new BigInteger(80, random).negate().toString();
            default -> new String(Character.toChars(random.nextInt(0x20, 0x1_0000 - 0x2100) < 0xd800 ? random.nextInt(0x20, 0xd7ff) : 0x1F600));
        };
    }

    static LongStream seeds() {
        return Long.getLong("seed") instanceof Long given ? LongStream.of(given) : new Random().longs(50);
    }

    private static OrderKey sequence(String sequence) {
        return new OrderKey(NOON, "/s", sequence, "x");
    }

    private static void assertInOrder(OrderKey... keys) {
        var shuffled = new ArrayList<>(List.of(keys));
        Collections.reverse(shuffled);
        Collections.sort(shuffled);
        assertThat(shuffled).containsExactly(keys);
    }
}
