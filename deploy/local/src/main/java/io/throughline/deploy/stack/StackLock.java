package io.throughline.deploy.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The right to supervise a folder. The operating system gives it to one process and takes it back when
/// that process ends in whatever way, so no number in a stale file is ever believed.
public final class StackLock implements AutoCloseable {
    private final FileChannel channel;

    private StackLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Takes the lock; empty when another process supervises the folder.
    static Optional<StackLock> take(StackFolder folder) throws IOException {
        var channel = FileChannel.open(OwnerOnly.file(folder.lock()), StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new StackLock(channel));
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

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
