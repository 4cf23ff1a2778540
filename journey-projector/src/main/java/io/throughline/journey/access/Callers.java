package io.throughline.journey.access;

import io.throughline.events.access.AccessList;
import io.throughline.events.access.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Who may call, from a file that may change while we run: a new list counts within a second, a broken one changes nothing.
public final class Callers {

    private static final Logger LOG = Logger.getLogger(Callers.class);
    private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final Path file;
    private volatile AccessList access;
    private FileTime readAt;
    private long lookedAt = System.nanoTime();

    /// @throws IOException when the file cannot be read now
    public Callers(Path file) throws IOException {
        this.file = file;
        this.readAt = Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
        this.access = AccessList.read(file);
    }

    public Optional<Principal> authenticate(String token) {
        refresh();
        return access.authenticate(token);
    }

    private synchronized void refresh() {
        if (System.nanoTime() - lookedAt < LOOK_EVERY_NANOS) {
            return;
        }
        lookedAt = System.nanoTime();
        try {
            var modified = Files.getLastModifiedTime(file);
            if (!modified.equals(readAt)) {
                readAt = modified;
                access = AccessList.read(file);
                LOG.infof("Read the access list again: %d keys", access.size());
            }
        } catch (IOException unreadable) {
            LOG.warnf("The access list has changed but cannot be read; the former one goes on: %s", unreadable.getMessage());
        }
    }
}
