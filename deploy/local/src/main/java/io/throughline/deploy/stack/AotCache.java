package io.throughline.deploy.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/// The classes of a packaged service as a [Training] has found, loaded and linked them (JEP 483, JEP 514). A start with it takes less than half of
/// the processor time; a start without it is the usual one.
///
/// It lies beside the service's folder, with a link in it: a copy of the folder has the link. Each build makes a new folder. Its name
/// carries a checksum of all that the service consists of: the JVM compares the names and sizes of jars alone, and would run the classes of an
/// older build whose jars happen to be as long.
final class AotCache {
    private static final String SUFFIX = ".aot";
    private static final int CHUNK = 1 << 18;
    /// A cache that does not suit the JVM (another release, another collector) is passed over. That is no concern of who reads a service's log.
    private static final List<String> SILENTLY = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");

    private AotCache() {}

    /// Options of a JVM that runs in this folder; none without a cache of this very build.
    static List<String> use(Path application) throws IOException {
        var file = file(application);
        return Files.exists(file)
                ? List.of("-XX:AOTCache=" + file.getFileName(), SILENTLY.getFirst(), SILENTLY.getLast())
                : List.of();
    }

    /// Puts a file that a JVM has made in its place.
    static void keep(Path made, Path application) throws IOException {
        var link = file(application);
        var kept = application.resolveSibling(link.getFileName());
        try (var older = Files.newDirectoryStream(kept.getParent(), "app-*" + SUFFIX)) {
            for (var file : older) {
                Files.delete(file);
            }
        }
        // Readable by every account that may run the build.
        Files.setPosixFilePermissions(made, Files.getPosixFilePermissions(application.resolve("quarkus-run.jar")));
        Files.move(made, kept, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, kept.toAbsolutePath());
    }

    static boolean exists(Path application) throws IOException {
        return Files.exists(file(application));
    }

    /// Where that of this build is found, or would be.
    private static Path file(Path application) throws IOException {
        return application.resolve("app-" + checksum(application) + SUFFIX);
    }

    private static String checksum(Path application) throws IOException {
        var checksum = new CRC32C();
        try (var paths = Files.walk(application)) {
            for (var path : paths.filter(path -> !path.toString().endsWith(SUFFIX) && Files.isRegularFile(path)).sorted().toList()) {
                checksum.update(application.relativize(path).toString().getBytes(StandardCharsets.UTF_8));
                add(path, checksum);
            }
        }
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    private static void add(Path file, CRC32C checksum) throws IOException {
        try (var channel = FileChannel.open(file)) {
            var chunk = ByteBuffer.allocate(CHUNK);
            while (channel.read(chunk) >= 0) {
                checksum.update(chunk.flip());
                chunk.clear();
            }
        }
    }
}
