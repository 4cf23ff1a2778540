package io.throughline.deploy.stack;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What only its owner may read: folders of mode 0700, files without a bit for others, whatever the umask.
final class OwnerOnly {
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.range(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_EXECUTE);
    private static final FileAttribute<?> FOLDER = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> FILE = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    /// The shell becomes the program: number and signals are the same.
    private static final List<String> WITH_UMASK = List.of("sh", "-c", "umask 077; exec \"$@\"", "sh");

    private OwnerOnly() {}

    /// Makes a folder, and those above it that are missing.
    static Path folder(Path folder) throws IOException {
        return Files.createDirectories(folder, FOLDER);
    }

    /// Makes an empty file unless there is one.
    static Path file(Path file) throws IOException {
        folder(file.toAbsolutePath().getParent());
        try {
            return Files.createFile(file, FILE);
        } catch (FileAlreadyExistsException _) {
            return file;
        }
    }

    /// Makes a program create nothing that others may read. Its command line is what it was.
    static ProcessBuilder process(ProcessBuilder program) {
        var words = new ArrayList<>(WITH_UMASK);
        words.addAll(program.command());
        return program.command(words);
    }

    /// Takes from all others what they may do with `root` and all that it holds, `root` first, which then lets no one else pass.
    /// Links are not followed.
    ///
    /// @return how many files and folders were open to others
    static int tighten(Path root) throws IOException {
        var closing = new Closing();
        Files.walkFileTree(root.toRealPath(), closing);
        return closing.tightened;
    }

    private static final class Closing extends SimpleFileVisitor<Path> {
        private int tightened;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            close(folder);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!attributes.isSymbolicLink()) {
                close(file);
            }
            return FileVisitResult.CONTINUE;
        }

        /// A server that a killed supervisor has left may delete its files meanwhile.
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            return failure instanceof NoSuchFileException ? FileVisitResult.CONTINUE : super.visitFileFailed(file, failure);
        }

        private void close(Path path) throws IOException {
            try {
                var permissions = new HashSet<>(Files.getPosixFilePermissions(path));
                if (permissions.removeAll(OTHERS)) {
                    Files.setPosixFilePermissions(path, permissions);
                    tightened++;
                }
            } catch (NoSuchFileException _) {
                // Deleted meanwhile.
            }
        }
    }
}
