package io.throughline.deploy.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/// A log that processes append to.
public final class LogFile {
    private static final long MAX_BYTES = 10_000_000;
    private static final int TAIL_BYTES = 128 * 1024;

    private LogFile() {}

    /// The last `lines` lines, of at most the last 128 KiB; empty when there is no such file.
    public static String tail(Path log, int lines) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var bytes = new byte[(int) Math.min(TAIL_BYTES, file.length())];
            file.seek(file.length() - bytes.length);
            file.readFully(bytes);
            var all = new String(bytes, StandardCharsets.UTF_8).split("\\R");
            return String.join(System.lineSeparator(), Arrays.asList(all).subList(Math.max(0, all.length - lines), all.length));
        }
    }

    /// Moves what a large log holds to `NAME.1` and empties it. The writer keeps its handle: it appends, so
    /// its next line starts the file anew. Lines written during the copy may be lost.
    static void rotate(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > MAX_BYTES) {
            Files.copy(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            try (var file = new RandomAccessFile(log.toFile(), "rw")) {
                file.setLength(0);
            }
        }
    }
}
