package io.throughline.journey.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.throughline.events.OrderKey;
import io.throughline.journey.query.FindingPlace;
import io.throughline.journey.rule.EventRef;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.source.SourceHealth;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A cursor is opaque to callers, so what comes back may be anything.
class CursorsTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00.123456Z");
    private static final List<Function<String, ?>> READERS =
            List.of(Cursors::order, Cursors::finding, Cursors::number, Cursors::source, Cursors::name);

    @Test
    void whatWasWrittenIsReadBack() {
        for (var order : List.of(new OrderKey(NOON, "/a", null, "é\""), new OrderKey(NOON, "/a", "12", "1"))) {
            assertThat(Cursors.order(Cursors.of(order))).isEqualTo(order);
        }
        var place = new FindingPlace(NOON, "a-rule", FindingId.of("a-rule", new EventRef("/a", "1")));
        assertThat(Cursors.finding(Cursors.of(place))).isEqualTo(place);
        assertThat(Cursors.number(Cursors.of(42))).isEqualTo(42);
        assertThat(Cursors.source(Cursors.of(new SourceHealth.Place(false, "/x")))).isEqualTo(new SourceHealth.Place(false, "/x"));
        assertThat(Cursors.name(Cursors.ofName("my-rule"))).isEqualTo("my-rule");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "null", "\"\"", "[1,2,3]", "[1,2,3,4]", "99999999999999999999", "1e400", "0x10", "٣",
        "[\"2026-03-02T12:00:00Z\",\"/a\",null,\"\\u0000\"]",
        "[\"2026-03-02T12:00:00Z\",\"/a\",\"\\ud800\",\"1\"]", "[null,null,null,null]",
        "[\"2026-03-02T12:00:00Z\",\"r\\u0000\",\"00000000000000000000000000000000\"]",
        "[\"yesterday\",\"r\",\"00000000000000000000000000000000\"]",
        "[\"2026-03-02T12:00:00Z\",\"r\",\"x\"]", "+a\u0000b", "=a\u0000b", "-\u0085", "[[[[[[", "NaN"})
    void rubbishIsNoCursor(String text) {
        READERS.forEach(reader -> refused(reader, Base64.getUrlEncoder().encodeToString(text.getBytes(UTF_8))));
        READERS.forEach(reader -> refused(reader, text + "*"));
    }

    @Test
    void nothingIsCountedBelowZero() {
        refused(Cursors::number, Base64.getUrlEncoder().encodeToString("-1".getBytes(UTF_8)));
    }

    @Test
    void farTimesAreAsGoodAsTheFarthest() {
        var cursor = Base64.getUrlEncoder().encodeToString("[\"+1000000000-12-31T23:59:59Z\",\"/a\",null,\"1\"]".getBytes(UTF_8));
        assertThat(Cursors.order(cursor).occurredAt()).isEqualTo(Parameters.storable(Instant.MAX));
    }

    /// `-Dseed=N` replays one case.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noBytesBreakAReader(long seed) {
        var random = new Random(seed);
        var bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        for (var reader : READERS) {
            try {
                reader.apply(Base64.getUrlEncoder().encodeToString(bytes));
            } catch (IllegalArgumentException | DateTimeException _) {
                // refused
            }
        }
    }

    static LongStream seeds() {
        return Long.getLong("seed") instanceof Long given ? LongStream.of(given) : new Random().longs(500);
    }

    private static void refused(Function<String, ?> reader, String cursor) {
        try {
            fail("read " + reader.apply(cursor) + " from " + cursor);
        } catch (IllegalArgumentException | DateTimeException _) {
            // as it should be
        }
    }
}
