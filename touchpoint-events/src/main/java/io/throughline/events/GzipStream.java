package io.throughline.events;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/// The inflated form of gzip (RFC 1952), as gzip(1) reads it: several members, zeros behind the last one. Reading fails with an [IOException] when this
/// is not gzip, is damaged, or was cut.
///
/// Opens with the first read: the library reads the header when it is constructed, which may fail and may block.
public final class GzipStream extends InputStream {

    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;
    /// A header may be endless and a deflated block empty: so much input must have brought some output.
    private static final int MAX_BARREN = 1024 * 1024;

    private final Fruitful deflated;
    /// Can be set back, so that the library leaves it right behind the member that it has read.
    private final BufferedInputStream members;
    private @Nullable InputStream member;
    private boolean ended;
    private boolean passedOver;

    /// @param deflated read in large pieces
    public GzipStream(InputStream deflated) {
        this.deflated = new Fruitful(deflated);
        this.members = new BufferedInputStream(this.deflated);
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

    /// Reads to the end, so that the sender can send all of it.
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
