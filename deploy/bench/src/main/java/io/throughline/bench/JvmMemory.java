package io.throughline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// What a process of ours used of memory, told from outside.
final class JvmMemory {
    private static final Pattern COLLECTION = Pattern.compile("\\d+M->(\\d+)M\\(\\d+M\\)");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private JvmMemory() {}

    /// The option by which a JVM notes its collections.
    static String notingCollections(Path log) {
        return "-Xlog:gc:file=" + log;
    }

    /// The most that was left after a collection, in MiB.
    static long peakAfterCollection(Path log) throws IOException {
        return COLLECTION.matcher(Files.readString(log)).results().mapToLong(match -> Long.parseLong(match.group(1))).max().orElse(0);
    }

    /// The most memory that the process ever had from the system, in MiB; empty where the system does not say.
    static OptionalLong peakResident(long pid) throws IOException {
        var status = Path.of("/proc", Long.toString(pid), "status");
        return Files.exists(status)
                ? PEAK.matcher(Files.readString(status)).results().mapToLong(match -> Long.parseLong(match.group(1)) / 1024).findFirst()
                : OptionalLong.empty();
    }
}
