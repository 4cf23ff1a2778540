package io.throughline.deploy.stack;

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

    public Path credentials() {
        return root.resolve("credentials.json");
    }

    public Path log(String server) {
        return root.resolve("logs").resolve(server + ".log");
    }

    Path access() {
        return root.resolve("access.json");
    }

    Path vaultKey() {
        return root.resolve("vault.key");
    }

    Path serviceToken() {
        return root.resolve("service.token");
    }

    Path databasePassword() {
        return root.resolve("postgres.password");
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
