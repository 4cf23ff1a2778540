package io.throughline.ingest.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Lines of a stream as bytes, in memory for one line however long the others are. A line ends with `\n`, or `\r\n`, or the stream. A byte order
/// mark before it is no part of it: Windows tools write one, and files that were joined have them in their midst.
final class Lines {

    private static final int CHUNK = 16 * 1024;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    /// Of a line's bytes that do not count: a byte order mark before it, and the `\r` at its end.
    private static final int UNCOUNTED = BYTE_ORDER_MARK.length + 1;

    private final InputStream in;
    private final int limit;
    private final byte[] chunk = new byte[CHUNK];
    private int at;
    private int end;
    private byte[] line = new byte[1024];
    private int length;
    private boolean tooLong;
    private long number;
    private long bytes;

    /// @param limit most bytes of a line; what is longer is skipped up to its end and reported as [#tooLong]
    /// @param first number of the first line
    Lines(InputStream in, int limit, long first) {
        this.in = in;
        this.limit = limit;
        this.number = first - 1;
    }

    /// The next line without its end; empty where it was too long; `null` after the last.
    ///
    /// @throws IOException from the stream: the line begun then, [#number], was not read
    @Nullable ByteBuffer next() throws IOException {
        number++;
        length = 0;
        tooLong = false;
        while (at < end || fill()) {
            int feed = indexOfLineFeed();
            take(feed < 0 ? end : feed);
            if (feed >= 0) {
                at++;
                return line();
            }
        }
        return length == 0 && !tooLong ? null : line();
    }

    /// Of the line last asked for.
    long number() {
        return number;
    }

    boolean tooLong() {
        return tooLong;
    }

    /// Read so far.
    long bytes() {
        return bytes;
    }

    /// How the line last asked for begins, also where it was too long.
    ByteBuffer start() {
        int from = start(length);
        return ByteBuffer.wrap(line, from, length - from).slice();
    }

    private ByteBuffer line() {
        int from = start(length);
        int to = !tooLong && length > from && line[length - 1] == '\r' ? length - 1 : length;
        tooLong |= to - from > limit;
        return ByteBuffer.wrap(line, from, tooLong ? 0 : to - from).slice();
    }

    /// Behind a byte order mark.
    private int start(int end) {
        boolean marked = end >= BYTE_ORDER_MARK.length
                && Arrays.equals(line, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
        return marked ? BYTE_ORDER_MARK.length : 0;
    }

    private void take(int until) {
        int most = limit + UNCOUNTED;
        int more = Math.min(until - at, most - length);
        tooLong |= more < until - at;
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.min(most, Math.max(2 * line.length, length + more)));
        }
        System.arraycopy(chunk, at, line, length, more);
        length += more;
        at = until;
    }

    private int indexOfLineFeed() {
        for (int i = at; i < end; i++) {
            if (chunk[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean fill() throws IOException {
        int n = in.read(chunk, 0, CHUNK);
        at = 0;
        end = Math.max(n, 0);
        bytes += end;
        return n > 0;
    }
}
