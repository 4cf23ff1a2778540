package io.throughline.journey.rule;

import java.nio.file.Files;
import java.nio.file.Path;

/// The folder `shared` with cases and real event logs, which lies beside the project, not in it.
public final class SharedFiles {

    private SharedFiles() {}

    public static Path find(String name) {
        var start = Path.of("").toAbsolutePath();
        for (var folder = start; folder != null; folder = folder.getParent()) {
            var file = folder.resolve("shared").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        throw new AssertionError("No shared/" + name + " above " + start + ": put the shared folder beside the checkout.");
    }
}
