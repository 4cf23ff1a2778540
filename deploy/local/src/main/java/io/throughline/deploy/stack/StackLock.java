package io.throughline.deploy.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/// The right to supervise a folder. The operating system gives it to one process and takes it back when
/// that process ends in whatever way, so no number in a stale file is ever believed.
public final class StackLock implements AutoCloseable {
    private final FileChannel channel;
    private final Path file;
    private final Object identity;

    private StackLock(FileChannel channel, Path file, Object identity) {
        this.channel = channel;
        this.file = file;
        this.identity = identity;
    }

    /// Takes the lock; empty when another process supervises the folder.
    static Optional<StackLock> take(StackFolder folder) throws IOException {
        var channel = FileChannel.open(OwnerOnly.file(folder.lock()), StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new StackLock(channel, folder.lock(), identity(folder.lock())));
            }
        } catch (OverlappingFileLockException _) {
            // This very process supervises it.
        }
        channel.close();
        return Optional.empty();
    }

    /// Whether a supervisor of this folder is alive.
    public static boolean held(StackFolder folder) throws IOException {
        if (!Files.exists(folder.lock())) {
            return false;
        }
        try (var lock = take(folder).orElse(null)) {
            return lock == null;
        }
    }

    /// Whether the folder holds the locked file still: not when it was removed or moved, or its disk is gone.
    boolean isInPlace() {
        try {
            return Objects.equals(identity, identity(file));
        } catch (NoSuchFileException _) {
            return false;
        } catch (IOException _) {
            // A disk that does not answer for a moment is no reason to end.
            return true;
        }
    }

    private static Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
