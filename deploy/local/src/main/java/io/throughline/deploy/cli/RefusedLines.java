package io.throughline.deploy.cli;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Where the refused lines of an import are kept: each as it was, to be mended and imported again, and beside them a file that says why. Both are made with
/// the first such line, for their owner alone, and never in the place of another file.
final class RefusedLines implements Closeable {
    /// Of a line that was held whole.
    static final Rest NOTHING = _ -> { };
    private static final Pattern NAME = Pattern.compile("(?<stem>.+?)(\\.refused(-[0-9]+)?)?(\\.(ndjson|jsonl|json))?(\\.gz)?");

    private final Path file;
    private final Path reasonsFile;
    private OutputStream lines;
    private OutputStream reasons;
    private long count;

    private RefusedLines(Path file, Path reasonsFile) {
        this.file = file;
        this.reasonsFile = reasonsFile;
    }

    /// @throws WrongUsage where there is such a file, or no folder for it
    static RefusedLines in(Path file) {
        var kept = new RefusedLines(file, reasonsOf(file));
        if (Files.exists(kept.file) || Files.exists(kept.reasonsFile)) {
            throw new WrongUsage((Files.exists(kept.file) ? kept.file : kept.reasonsFile) + " is there already. Name another file for the refused lines: --refused FILE");
        }
        if (!isFolder(file)) {
            throw new WrongUsage(file + " cannot be written: there is no such folder, or it is not open to this account. Name another file: --refused FILE");
        }
        return kept;
    }

    /// Beside what is imported, under the first name of its kind that is free: of `events.ndjson.gz` `events.refused.ndjson`, then `events.refused-2.ndjson`.
    static RefusedLines beside(Path imported) {
        var name = NAME.matcher(imported.getFileName().toString());
        var stem = name.matches() ? name.group("stem") : imported.getFileName().toString();
        return IntStream.iterate(1, i -> i + 1)
                .mapToObj(i -> imported.resolveSibling(stem + ".refused" + (i == 1 ? "" : "-" + i) + ".ndjson"))
                .filter(file -> !Files.exists(file) && !Files.exists(reasonsOf(file)))
                .findFirst().map(file -> new RefusedLines(file, reasonsOf(file))).orElseThrow();
    }

    /// Whether files can be made beside this one.
    static boolean isFolder(Path file) {
        var folder = file.toAbsolutePath().getParent();
        return Files.isDirectory(folder) && Files.isWritable(folder);
    }

    private static Path reasonsOf(Path file) {
        var name = file.getFileName().toString();
        return file.resolveSibling((name.endsWith(".ndjson") ? name.substring(0, name.length() - ".ndjson".length()) : name) + ".reasons.txt");
    }

    Path file() {
        return file;
    }

    Path reasonsFile() {
        return reasonsFile;
    }

    /// @param line as it was, with its end or without
    /// @param number in the file that was imported
    /// @param reason a code, and words
    /// @param rest writes what is left of a line that was too long to be held
    void add(byte[] line, long number, String reason, Rest rest) throws IOException {
        try {
            if (lines == null) {
                lines = create(file);
                reasons = create(reasonsFile);
                reasons.write("LINE\tOF THE IMPORTED FILE\tWHY\n".getBytes(StandardCharsets.UTF_8));
            }
            lines.write(line);
            var end = new LastByte(lines, line.length == 0 ? 0 : line[line.length - 1]);
            rest.to(end);
            if (end.last != '\n') {
                lines.write('\n');
            }
            reasons.write("%d\t%d\t%s\n".formatted(++count, number, Printable.of(reason)).getBytes(StandardCharsets.UTF_8));
        } catch (FileAlreadyExistsException taken) {
            throw new IOException(taken.getFile() + " appeared meanwhile, and is not overwritten. Name another file for the refused lines: --refused FILE", taken);
        } catch (IOException full) {
            throw new IOException("The refused lines cannot be written to %s: %s. Name another file: --refused FILE".formatted(file, full.getMessage()), full);
        }
    }

    /// Writes the rest of a line.
    @FunctionalInterface
    interface Rest {
        void to(OutputStream out) throws IOException;
    }

    private static OutputStream create(Path file) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return new BufferedOutputStream(Channels.newOutputStream(
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)));
    }

    /// Writes what has been added.
    void flush() throws IOException {
        if (lines != null) {
            lines.flush();
            reasons.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            try (var first = lines; var second = reasons) {
                flush();
            }
        }
    }

    private static final class LastByte extends OutputStream {
        private final OutputStream out;
        private int last;

        LastByte(OutputStream out, int last) {
            this.out = out;
            this.last = last;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            last = b;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            last = length == 0 ? last : bytes[from + length - 1];
        }
    }
}
