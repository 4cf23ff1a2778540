package io.throughline.ingest;

import io.throughline.events.Problem;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/// Gzip (RFC 1952) from outside, read as gzip(1) does: several members, zeros behind the last one. Within limits, and never believed about its size.
public final class Gzip {

    private static final int STEP = 16 * 1024;
    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;
    /// A header may be endless and a deflated block empty: so much input must have brought some output.
    private static final int MAX_BARREN = 1024 * 1024;

    private Gzip() {}

    /// Inflates a whole body. Costs at most `limit` bytes, whatever the body promises.
    ///
    /// @param share grown by what comes out
    /// @throws Refusal with `tooLarge` beyond `limit`, `malformed-encoding`, or what the share says
    public static byte[] inflate(byte[] body, int limit, Problem tooLarge, Budget.Share share) {
        var out = new ByteArrayOutputStream(Math.min(limit, body.length * 4));
        var step = new byte[STEP];
        try (var in = stream(new ByteArrayInputStream(body))) {
            for (int n = in.read(step); n >= 0; n = in.read(step)) {
                share.grow(n);
                out.write(step, 0, n);
                if (out.size() > limit) {
                    throw new Refusal(tooLarge);
                }
            }
            if (in.passedOver()) {
                throw ErrorCode.MALFORMED_ENCODING.refusal("Something that is not gzip follows the gzip in the body.");
            }
            return out.toByteArray();
        } catch (IOException _) {
            throw ErrorCode.MALFORMED_ENCODING.refusal("The body is not gzip, is damaged, or was cut.");
        }
    }

    /// The inflated form of `deflated`, as it is read. Reading fails with an [IOException] when this is not gzip, is damaged, or was cut.
    public static Inflating stream(InputStream deflated) {
        return new Inflating(new Fruitful(deflated));
    }

    /// Opens with the first read: the library reads the header when it is constructed, which may fail and may block.
    public static final class Inflating extends InputStream {

        private final Fruitful deflated;
        /// Can be set back, so that the library leaves it right behind the member that it has read.
        private final BufferedInputStream members;
        private @Nullable InputStream member;
        private boolean ended;
        private boolean passedOver;

        private Inflating(Fruitful deflated) {
            this.deflated = deflated;
            this.members = new BufferedInputStream(deflated);
        }

        /// Whether something else than zeros follows the last member, which was not read.
        public boolean passedOver() {
            return passedOver;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (member == null && !ended) {
                member = member();
            }
            while (!ended) {
                int n = member.read(into, offset, length);
                if (n > 0) {
                    deflated.barren = 0;
                    return n;
                }
                if (isAnotherMember()) {
                    member = member();
                } else {
                    ended = true;
                    passOver();
                }
            }
            return -1;
        }

        private InputStream member() throws IOException {
            return GzipCompressorInputStream.builder().setInputStream(members).setDecompressConcatenated(false).get();
        }

        private boolean isAnotherMember() throws IOException {
            members.mark(2);
            boolean another = members.read() == MAGIC_1 && members.read() == MAGIC_2;
            members.reset();
            return another;
        }

        /// To the end, so that whoever sends it can send all of it.
        private void passOver() throws IOException {
            for (int b = members.read(); b >= 0; b = members.read()) {
                passedOver |= b != 0;
                deflated.barren = 0;
            }
        }

        @Override
        public void close() throws IOException {
            if (member != null) {
                member.close();
            }
        }
    }

    /// Stops a stream that is read on and on and yields nothing.
    private static final class Fruitful extends FilterInputStream {

        private int barren;

        Fruitful(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = super.read(into, offset, length);
            count(n);
            return n;
        }

        private void count(int bytes) throws IOException {
            barren += Math.max(bytes, 0);
            if (barren > MAX_BARREN) {
                throw new IOException("a megabyte of gzip that holds nothing");
            }
        }
    }
}
