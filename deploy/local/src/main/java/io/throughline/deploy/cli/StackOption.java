package io.throughline.deploy.cli;

import io.throughline.deploy.stack.StackFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Which stack a command is about.
final class StackOption {
    @Option(names = "--var", paramLabel = "DIR", description = "Folder of the stack and all that it keeps (default: var beside the launcher).")
    private Path root;

    StackFolder folder() {
        var home = Path.of(System.getProperty("throughline.home", ""));
        return new StackFolder(home, root == null ? home.resolve("var") : root);
    }
}
