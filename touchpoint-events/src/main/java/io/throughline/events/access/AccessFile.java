package io.throughline.events.access;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/// The access list as its file has it, read again when the file changes. A broken new file leaves the old list in force.
public final class AccessFile {

    private static final System.Logger LOG = System.getLogger(AccessFile.class.getName());

    private final Path file;
    private volatile AccessList list;
    private Version version;

    private record Version(FileTime modified, long size) {
        /// Of a file that is not there: while it stays away, nothing has changed.
        private static final Version NONE = new Version(FileTime.fromMillis(0), -1);

        static Version of(Path file) throws IOException {
            try {
                return new Version(Files.getLastModifiedTime(file), Files.size(file));
            } catch (NoSuchFileException _) {
                return NONE;
            }
        }
    }

    /// @throws IOException when there is no readable list to begin with
    public AccessFile(Path file) throws IOException {
        this.file = file;
        this.version = Version.of(file);
        this.list = AccessList.read(file);
    }

    public AccessList list() {
        return list;
    }

    /// Looks at the file once. Blocks on the disk: not for event loops.
    public synchronized void refresh() {
        try {
            var found = Version.of(file);
            if (!found.equals(version)) {
                version = found;
                list = AccessList.read(file);
                LOG.log(Level.INFO, "The access list was read again: file={0} keys={1}", file, list.size());
            }
        } catch (IOException unreadable) {
            LOG.log(Level.WARNING, "The access list stays as it was: {0}", unreadable.getMessage());
        }
    }
}
