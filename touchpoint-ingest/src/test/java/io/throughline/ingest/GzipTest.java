package io.throughline.ingest;

import static io.throughline.ingest.Events.gzip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.throughline.events.GzipStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipTest {

    private static final int LIMIT = 100_000;
    private final Budget budget = new Budget(8 * LIMIT);

    @Test void aBodyComesOutAsItWasAndIsCounted() {
        var share = budget.open("a");
        assertThat(inflate(gzip("hello".getBytes(UTF_8)), share)).isEqualTo("hello".getBytes(UTF_8));
        assertThat(budget.used()).isEqualTo(5);
    }

    @Test void severalMembersAreOneBody() throws Exception {
        var members = new SequenceInputStream(new ByteArrayInputStream(gzip("one ".getBytes(UTF_8))), new ByteArrayInputStream(gzip("two".getBytes(UTF_8))));
        assertThat(inflate(members.readAllBytes(), budget.open("a"))).isEqualTo("one two".getBytes(UTF_8));
    }

    @Test void theLimitHoldsForWhatComesOut() {
        assertThat(inflate(gzip(new byte[LIMIT]), budget.open("a"))).hasSize(LIMIT);
        assertThat(refusal(gzip(new byte[LIMIT + 1])).problem().code()).isEqualTo("body-too-large");
    }

    @Test void aBombCostsNoMoreThanTheLimit() {
        var share = budget.open("a");
        catchThrowableOfType(Refusal.class, () -> inflate(gzip(new byte[50_000_000]), share));
        assertThat(budget.used()).isBetween((long) LIMIT, LIMIT + 64L * 1024);
    }

    @ParameterizedTest @ValueSource(ints = {0, 1, 5, 10, 15, 20})
    void aCutBodyIsRefused(int bytes) {
        assertThat(refusal(Arrays.copyOf(gzip("hello".getBytes(UTF_8)), bytes)).problem().code()).isEqualTo("malformed-encoding");
    }

    @Test void aDamagedBodyIsRefused() {
        var damaged = gzip("hello".getBytes(UTF_8));
        damaged[12] ^= 0x55;
        assertThat(refusal(damaged).problem().code()).isEqualTo("malformed-encoding");
    }

    /// As gzip(1): tapes and block devices pad with zeros.
    @ParameterizedTest @ValueSource(ints = {1, 2, 7, 512, 100_000})
    void zerosBehindTheLastMemberArePassedOver(int zeros) {
        var body = gzip("hello".getBytes(UTF_8));
        assertThat(inflate(Arrays.copyOf(body, body.length + zeros), budget.open("a"))).isEqualTo("hello".getBytes(UTF_8));
    }

    @ParameterizedTest @ValueSource(strings = {"x", "garbage", "\u0000\u0000x"})
    void whatElseFollowsTheLastMemberIsNotDroppedInSilence(String garbage) throws Exception {
        var body = concatenated(gzip("hello".getBytes(UTF_8)), garbage.getBytes(UTF_8));
        assertThat(refusal(body).problem().code()).isEqualTo("malformed-encoding");
        var stream = new GzipStream(new ByteArrayInputStream(body));
        assertThat(stream.readAllBytes()).isEqualTo("hello".getBytes(UTF_8));
        assertThat(stream.passedOver()).isTrue();
    }

    @Test void aMemberThatIsCutOrDamagedIsRefusedAlsoBehindAnother() {
        var first = gzip("one ".getBytes(UTF_8));
        var second = gzip("two".getBytes(UTF_8));
        assertThat(refusal(concatenated(first, Arrays.copyOf(second, 15))).problem().code()).isEqualTo("malformed-encoding");
        assertThat(refusal(concatenated(first, Arrays.copyOf(second, 2))).problem().code()).isEqualTo("malformed-encoding");
        second[12] ^= 0x55;
        assertThat(refusal(concatenated(first, second)).problem().code()).isEqualTo("malformed-encoding");
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        var all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /// A header may carry a file name of any length; this one never ends.
    @Test void anEndlessHeaderIsGivenUp() {
        var start = new ByteArrayInputStream(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0});
        var endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        assertThatIOException().isThrownBy(() -> new GzipStream(new SequenceInputStream(start, endless)).read(new byte[10]));
    }

    private static byte[] inflate(byte[] body, Budget.Share share) {
        return Gzip.inflate(body, LIMIT, ErrorCode.BODY_TOO_LARGE.problem("too large"), share);
    }

    private Refusal refusal(byte[] body) {
        var refusal = catchThrowableOfType(Refusal.class, () -> inflate(body, budget.open("a")));
        assertThat(refusal).as("refusal").isNotNull();
        return refusal;
    }
}
