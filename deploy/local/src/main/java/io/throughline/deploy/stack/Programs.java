package io.throughline.deploy.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The built programs of a stack, copied into its folder when it starts: a build underneath a running stack neither
/// breaks it nor has it restart half of itself anew.
public final class Programs {
    /// As seen from the folder of the supervisor's program.
    public static final String CLASS_PATH = "*:lib/*";

    private Programs() {}

    /// Copies the supervisor's own program.
    /// @return its folder
    /// @throws StackException when it is not built
    public static Path supervisor(StackFolder folder) throws IOException {
        var built = require(folder.home().resolve("deploy/local/target"), "lib");
        var copy = folder.programs().resolve("supervisor");
        FileTree.delete(copy);
        FileTree.replace(copy.resolve("lib"), built.resolve("lib"));
        try (var jars = Files.newDirectoryStream(built, "deploy-local-*.jar")) {
            for (var jar : jars) {
                Files.copy(jar, copy.resolve(jar.getFileName()));
            }
        }
        OwnerOnly.tighten(copy);
        return copy;
    }

    /// Copies a packaged service.
    /// @param module its folder in the project
    /// @return the copied `quarkus-app` folder
    /// @throws StackException when it is not built
    static Path service(StackFolder folder, String module) throws IOException {
        var built = built(folder.home(), module);
        var copy = folder.programs().resolve(module);
        FileTree.replace(copy, built);
        OwnerOnly.tighten(copy);
        return copy;
    }

    /// The class path of a packaged service, where it was built: for a program in it that needs no stack.
    /// @param module its folder in the project
    /// @throws StackException when it is not built
    public static String classPath(Path home, String module) {
        var built = built(home.toAbsolutePath(), module);
        return built + "/app/*:" + built + "/lib/main/*:" + built + "/lib/boot/*";
    }

    /// The folder of a packaged service, where it was built.
    /// @param module its folder in the project
    /// @throws StackException when it is not built
    static Path built(Path home, String module) {
        return require(home.resolve(module).resolve("target/quarkus-app"), "quarkus-run.jar");
    }

    private static Path require(Path folder, String entry) {
        if (!Files.exists(folder.resolve(entry))) {
            throw new StackException("%s is missing. Build it: mvn -DskipTests package".formatted(folder.resolve(entry)));
        }
        return folder;
    }
}
