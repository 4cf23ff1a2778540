package io.throughline.deploy.stack;

import io.throughline.deploy.access.AccessFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a stack lies: the built project, and the folder (`var/`) with all that it keeps.
///
/// @param home the project's root folder
/// @param root the stack's own folder; absolute
public record StackFolder(Path home, Path root) {
    public StackFolder {
        home = home.toAbsolutePath().normalize();
        root = root.toAbsolutePath().normalize();
    }

    /// Makes the folder, or takes from others what they may do with it and with all that it holds.
    ///
    /// @return how many files and folders were open to others
    /// @throws StackException when something else lies there, which is not ours to close, or it is another owner's
    public int open() throws IOException {
        OwnerOnly.folder(root);
        if (!isOurs()) {
            throw new StackException(root + " holds something else. Choose an empty folder: ./throughline up --var DIR");
        }
        try {
            return OwnerOnly.tighten(root);
        } catch (FileSystemException refused) {
            throw new StackException("%s cannot be closed to others (%s). It must belong to the account that starts the stack."
                    .formatted(refused.getFile(), refused.getReason()));
        }
    }

    private boolean isOurs() throws IOException {
        try (var entries = Files.list(root)) {
            return entries.findAny().isEmpty() || Files.exists(credentials()) || Files.exists(programs());
        }
    }

    public Path credentials() {
        return access().credentials();
    }

    public Path log(String server) {
        return root.resolve("logs").resolve(server + ".log");
    }

    public AccessFiles access() {
        return AccessFiles.in(root);
    }

    Path ports() {
        return root.resolve("stack.json");
    }

    Path status() {
        return root.resolve("run").resolve("status.json");
    }

    Path programs() {
        return root.resolve("run").resolve("programs");
    }

    Path lock() {
        return root.resolve("run").resolve("lock");
    }
}
