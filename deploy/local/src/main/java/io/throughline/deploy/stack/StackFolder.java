package io.throughline.deploy.stack;

import static java.util.stream.Collectors.joining;

import io.throughline.deploy.access.AccessFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Where a stack lies: the built project, and the folder (`var/`) with all that it keeps.
///
/// @param home the project's root folder
/// @param root the stack's own folder; absolute
public record StackFolder(Path home, Path root) {
    /// What programs of others make of a path: `:` divides a class path; Quarkus reads `+` as a space and cannot address what has `?`, `[` or `]`;
    /// PostgreSQL's `initdb` gives the rest to a shell.
    private static final Pattern UNUSABLE = Pattern.compile("[:+?\\[\\]\"$`\\\\\\p{Cntrl}]");

    public StackFolder {
        home = home.toAbsolutePath().normalize();
        root = root.toAbsolutePath().normalize();
    }

    /// Makes the folder, or takes from others what they may do with it and with all that it holds.
    ///
    /// @return how many files and folders were open to others
    /// @throws StackException when its path is none for the programs of a stack, or something else lies there, which is not ours to close
    /// @throws java.nio.file.FileSystemException when it is another owner's
    public int open() throws IOException {
        requireUsable();
        OwnerOnly.folder(root);
        int tightened = OwnerOnly.tighten(root);
        OwnerOnly.folder(programs());
        OwnerOnly.folder(log("").getParent());
        return tightened;
    }

    /// Writes nothing.
    /// @throws StackException when a stack cannot lie there, as for [#open]
    public void requireUsable() throws IOException {
        var unusable = UNUSABLE.matcher(root.toString());
        if (unusable.find()) {
            throw new StackException("A stack cannot lie in %s: the programs that it is made of do not take the character %s in a path. Choose another folder: "
                    .formatted(root, unusable.group().isBlank() ? "U+%04X".formatted((int) unusable.group().charAt(0)) : unusable.group())
                    + "./throughline up --var DIR");
        }
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new StackException(root + " is a file. Choose another folder: ./throughline up --var DIR");
        }
        if (Files.exists(root) && !isOurs()) {
            throw new StackException(root + " holds something else. Choose an empty folder: ./throughline up --var DIR");
        }
        requireSecrets();
    }

    /// What a stack keeps in its folder, as far as it is there. Other files are not ours.
    public List<Path> contents() {
        var own = new ArrayList<>(List.of(root.resolve("kafka"), root.resolve("postgres"), root.resolve("logs"), root.resolve("run"), ports()));
        own.addAll(access().all());
        return own.stream().filter(Files::exists).toList();
    }

    /// New secrets would fit neither the data nor the identities in them.
    private void requireSecrets() {
        var log = root.resolve("kafka/data");
        var database = root.resolve("postgres/data");
        var missing = new ArrayList<Path>();
        if (Files.exists(log)) {
            missing.addAll(List.of(access().logCredentials(), access().vaultKey()));
        }
        if (Files.exists(database)) {
            missing.add(access().databasePassword());
        }
        missing.removeIf(Files::exists);
        if (!missing.isEmpty()) {
            throw new StackException("%s holds data, but no longer what they were made with: %s. Put that back from a copy, or start from nothing: ./throughline reset"
                    .formatted(root, missing.stream().map(file -> file.getFileName().toString()).collect(joining(", "))));
        }
    }

    private boolean isOurs() throws IOException {
        try (var entries = Files.list(root)) {
            return entries.findAny().isEmpty() || Files.exists(credentials()) || Files.exists(programs()) || Files.exists(status());
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
