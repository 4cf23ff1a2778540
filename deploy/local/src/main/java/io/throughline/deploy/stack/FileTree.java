package io.throughline.deploy.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;

/// A folder with all it holds. Links are not followed, and are copied as such.
public final class FileTree {
    private FileTree() {}

    /// Deletes it; does nothing where there is none.
    public static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /// Makes `copy` hold what `original` holds, and nothing else.
    static void replace(Path copy, Path original) throws IOException {
        delete(copy);
        Files.createDirectories(copy.getParent());
        try (var paths = Files.walk(original)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                Files.copy(path, copy.resolve(original.relativize(path).toString()), LinkOption.NOFOLLOW_LINKS);
            }
        }
    }
}
