package io.throughline.deploy.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Where things lie: the built project, the folder `shared` beside it, and room for what a run makes.
final class Project {
    static final Path HOME = Path.of(System.getProperty("throughline.home", "../..")).toAbsolutePath().normalize();
    private static final Path SCRATCH = Path.of(System.getProperty("throughline.scratch", "target/stacks")).toAbsolutePath().normalize();

    private static final Path FAULTS = Path.of(System.getProperty("throughline.faults", "target/faults")).toAbsolutePath().normalize();

    private Project() {}

    /// A file of the folder with cases and real event logs, which lies beside the project, not in it.
    static Path shared(String name) {
        var start = Path.of("").toAbsolutePath();
        for (var folder = start; folder != null; folder = folder.getParent()) {
            var file = folder.resolve("shared").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        throw new AssertionError("No shared/" + name + " above " + start + ": put the shared folder beside the checkout.");
    }

    /// Where test classes lay what they tried: outside of [#scratch], which each JVM of the tests has for itself.
    static Path faults() throws IOException {
        return Files.createDirectories(FAULTS);
    }

    /// An empty folder of this name. It stays after the run, for whoever wants to see what happened.
    static Path scratch(String name) throws IOException {
        var folder = SCRATCH.resolve(name);
        if (Files.exists(folder)) {
            try (var paths = Files.walk(folder)) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(folder);
    }
}
