package io.throughline.deploy.cli;

import io.throughline.deploy.stack.FileTree;
import io.throughline.deploy.stack.Leftovers;
import io.throughline.deploy.stack.StackException;
import io.throughline.deploy.stack.StackFolder;
import io.throughline.deploy.stack.StackLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "reset", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "Start from nothing: delete all that the stack keeps, its events, findings, keys and logs. Asks first. Other files in the folder stay.")
final class Reset implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private StackOption stack;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    Reset(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        var folder = stack.folder();
        var contents = folder.contents();
        if (contents.isEmpty()) {
            terminal.say("There is nothing to delete in " + folder.root());
            return ExitCode.DONE;
        }
        requireDown(folder);
        terminal.say("In %s: %s.".formatted(folder.root(), String.join(", ", contents.stream().map(file -> file.getFileName().toString()).toList())));
        if (!yes && !terminal.agrees("Delete all of it (%,d MB), for ever?".formatted(megabytes(contents)))) {
            terminal.say("Nothing was deleted.");
            return ExitCode.NOT_SO;
        }
        for (var file : contents) {
            FileTree.delete(file);
        }
        terminal.say("Deleted. Start from nothing with ./throughline up");
        return ExitCode.DONE;
    }

    private static void requireDown(StackFolder folder) throws IOException {
        if (StackLock.held(folder) || !Leftovers.running(folder).isEmpty()) {
            throw new StackException("The stack in %s runs. Stop it first: ./throughline down".formatted(folder.root()));
        }
    }

    private static long megabytes(List<Path> contents) throws IOException {
        long bytes = 0;
        for (var file : contents) {
            try (var all = Files.walk(file)) {
                bytes += all.filter(Files::isRegularFile).mapToLong(one -> one.toFile().length()).sum();
            }
        }
        return bytes / 1_000_000;
    }
}
