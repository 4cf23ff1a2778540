package io.throughline.ingest.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinesTest {

    private static final int LIMIT = 10;

    @Test void linesEndWithALineFeedOrTheStream() throws IOException {
        assertThat(lines("a\nb\r\n\nc")).containsExactly("1 a", "2 b", "3 ", "4 c");
        assertThat(lines("a\n")).containsExactly("1 a");
        assertThat(lines("")).isEmpty();
    }

    @Test void aLineMayBeAsLongAsTheLimitAndOneMoreIsSkipped() throws IOException {
        assertThat(lines("0123456789\n01234567890\nnext")).containsExactly("1 0123456789", "2 too long", "3 next");
    }

    /// What Windows tools put around a line is no part of it.
    @Test void neitherACarriageReturnNorAByteOrderMarkCountsIntoTheLimit() throws IOException {
        assertThat(lines("0123456789\r\nb\r")).containsExactly("1 0123456789", "2 b");
        assertThat(lines("\ufeff0123456789\r\n\ufeff\r\n\ufeffc")).containsExactly("1 0123456789", "2 ", "3 c");
        assertThat(lines("\ufeff01234567890\r\n0123456789\r\r\nd")).containsExactly("1 too long", "2 too long", "3 d");
        assertThat(lines("\ufeff")).containsExactly("1 ");
    }

    @Test void aLineTooLongAtTheEndIsReportedToo() throws IOException {
        assertThat(lines("x".repeat(100_000))).containsExactly("1 too long");
    }

    /// Property: however the stream is cut into reads, the lines are the same. `-Dseed=N` replays one case.
    @ParameterizedTest(name = "seed {0}") @MethodSource("seeds")
    void theSizeOfReadsDoesNotMatter(long seed) throws IOException {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append(random.nextInt(5) == 0 ? "\ufeff" : "").append("x".repeat(random.nextInt(LIMIT + 3)))
                    .append(random.nextInt(4) == 0 ? "\r" : "").append(random.nextBoolean() ? "\n" : "");
        }
        var bytes = text.toString().getBytes(UTF_8);
        assertThat(lines(inDribs(bytes, random))).as("seed %d", seed).isEqualTo(lines(new ByteArrayInputStream(bytes)));
    }

    static LongStream seeds() {
        return Long.getLong("seed") instanceof Long given ? LongStream.of(given) : new Random().longs(200);
    }

    private static InputStream inDribs(byte[] bytes, Random random) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, 1 + random.nextInt(4)));
            }
        };
    }

    private static List<String> lines(String text) throws IOException {
        return lines(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private static List<String> lines(InputStream in) throws IOException {
        var lines = new Lines(in, LIMIT, 1);
        var all = new ArrayList<String>();
        for (var line = lines.next(); line != null; line = lines.next()) {
            all.add(lines.number() + " " + (lines.tooLong() ? "too long" : UTF_8.decode(line)));
        }
        return all;
    }
}
