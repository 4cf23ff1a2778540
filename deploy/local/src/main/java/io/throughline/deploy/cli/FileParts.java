package io.throughline.deploy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A file in parts of whole lines; holds one part at a time, however long the file or a line of it is.
final class FileParts {
    private static final int STEP = 16 * 1024;

    private final InputStream in;
    private final byte[] buffer;
    private int filled;
    private long line = 1;
    private boolean ended;
    private boolean insideLine;
    private IOException damage;

    /// Consecutive lines.
    ///
    /// @param firstLine its number in the file, counted from 1
    /// @param text with the ends of its lines; of the file's last line as it is there
    /// @param unfinished its one line is longer than a part, and goes on in the file
    record Part(long firstLine, byte[] text, boolean unfinished) {

        /// The same lines in parts of at most `most` of them.
        List<Part> cut(int most) {
            var parts = new ArrayList<Part>();
            for (int from = 0; from < text.length; ) {
                int to = from;
                int lines = 0;
                while (lines < most && to < text.length) {
                    to = endOfLine(text, to);
                    lines++;
                }
                parts.add(new Part(firstLine + (long) parts.size() * most, Arrays.copyOfRange(text, from, to), unfinished));
                from = to;
            }
            return parts;
        }

        /// One after the other, each with its end.
        List<byte[]> lines() {
            return cut(1).stream().map(Part::text).toList();
        }
    }

    /// @param size most bytes of a part
    FileParts(InputStream in, int size) {
        this.in = in;
        this.buffer = new byte[size];
    }

    /// @return `null` behind the last; [#damage] says whether that is the end of the file
    Part next() throws IOException {
        if (insideLine) {
            rest(OutputStream.nullOutputStream());
        }
        fill();
        int end = ended && damage == null ? filled : lastLineFeed() + 1;
        boolean unfinished = end == 0 && filled == buffer.length;
        if (unfinished) {
            end = filled;
        }
        if (end == 0) {
            return null;
        }
        var part = new Part(line, Arrays.copyOf(buffer, end), unfinished && !ended);
        System.arraycopy(buffer, end, buffer, 0, filled - end);
        filled -= end;
        insideLine = part.unfinished();
        line += insideLine ? 0 : lineFeeds(part.text);
        return part;
    }

    /// Copies what is left of a line that is longer than a part.
    void rest(OutputStream out) throws IOException {
        while (insideLine) {
            fill();
            int end = endOfLine(buffer, 0, filled);
            out.write(buffer, 0, end);
            insideLine = !(ended && end == filled) && buffer[end - 1] != '\n';
            System.arraycopy(buffer, end, buffer, 0, filled - end);
            filled -= end;
        }
        line++;
    }

    /// The number of the next line; behind the last part the first that was not read.
    long line() {
        return line;
    }

    /// Why the file could not be read to its end, or `null`.
    IOException damage() {
        return damage;
    }

    private void fill() {
        try {
            while (!ended && filled < buffer.length) {
                int count = in.read(buffer, filled, Math.min(STEP, buffer.length - filled));
                ended = count < 0;
                filled += Math.max(0, count);
            }
        } catch (IOException e) {
            damage = e;
            ended = true;
        }
    }

    private int lastLineFeed() {
        int last = filled - 1;
        while (last >= 0 && buffer[last] != '\n') {
            last--;
        }
        return last;
    }

    private static long lineFeeds(byte[] text) {
        long lineFeeds = 0;
        for (byte b : text) {
            lineFeeds += b == '\n' ? 1 : 0;
        }
        return lineFeeds;
    }

    private static int endOfLine(byte[] text, int from) {
        return endOfLine(text, from, text.length);
    }

    /// Behind the line feed, or `end`.
    private static int endOfLine(byte[] text, int from, int end) {
        for (int i = from; i < end; i++) {
            if (text[i] == '\n') {
                return i + 1;
            }
        }
        return end;
    }
}
