package io.throughline.ingest;

import io.throughline.events.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/// Gzip (RFC 1952, several members allowed) from outside: read within limits, and never believed about its size.
public final class Gzip {

    private static final int STEP = 16 * 1024;
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
            return out.toByteArray();
        } catch (IOException _) {
            throw ErrorCode.MALFORMED_ENCODING.refusal("The body is not gzip, is damaged, or was cut.");
        }
    }

    /// The inflated form of `deflated`, as it is read. Reading fails with an [IOException] when this is not gzip, is damaged, or was cut.
    public static InputStream stream(InputStream deflated) {
        return new Inflating(new Fruitful(deflated));
    }

    /// Opens with the first read: the library reads the header when it is constructed, which may fail and may block.
    private static final class Inflating extends InputStream {

        private final Fruitful deflated;
        private @Nullable InputStream inflated;

        Inflating(Fruitful deflated) {
            this.deflated = deflated;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (inflated == null) {
                inflated = GzipCompressorInputStream.builder().setInputStream(deflated).setDecompressConcatenated(true).get();
            }
            int n = inflated.read(into, offset, length);
            deflated.barren = 0;
            return n;
        }

        @Override
        public void close() throws IOException {
            if (inflated != null) {
                inflated.close();
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
