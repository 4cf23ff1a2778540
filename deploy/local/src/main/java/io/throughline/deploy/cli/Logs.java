package io.throughline.deploy.cli;

import static java.util.stream.Collectors.joining;

import io.throughline.deploy.stack.LogFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", mixinStandardHelpOptions = true, description = "Show the end of a log: kafka, postgres, ingest, projector, supervisor.",
        footer = ExitCode.HELP)
final class Logs implements Callable<Integer> {
    private static final long LOOK_MILLIS = 250;

    private final Terminal terminal;

    @Mixin
    private StackOption stack;

    @Parameters(arity = "0..1", paramLabel = "SERVICE", description = "Which; without it a few lines of each.")
    private String service;

    @Option(names = {"-n", "--lines"}, converter = Values.Count.class, defaultValue = "40", description = "How many lines (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(names = {"-f", "--follow"}, description = "Go on with what is written.")
    private boolean follow;

    Logs(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (service == null) {
            if (follow) {
                throw new WrongUsage("Say which log to follow: ./throughline logs projector --follow");
            }
            for (var log : all()) {
                terminal.say(terminal.bold("== " + log.getFileName()));
                terminal.say(LogFile.tail(log, Math.min(lines, 8)));
            }
            return ExitCode.DONE;
        }
        var log = stack.folder().log(service);
        if (!all().contains(log)) {
            throw new WrongUsage(all().isEmpty() ? "There are no logs yet in %s. Start a stack with ./throughline up".formatted(stack.folder().root())
                    : "There is no log of \"%s\". There are: %s".formatted(Printable.of(service), all().stream().map(Logs::name).collect(joining(", "))));
        }
        terminal.say(LogFile.tail(log, lines));
        if (follow) {
            follow(log);
        }
        return ExitCode.DONE;
    }

    private List<Path> all() throws IOException {
        var folder = stack.folder().log("any").getParent();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
        }
    }

    private static String name(Path log) {
        return log.getFileName().toString().replace(".log", "");
    }

    /// Until the person interrupts it. A log that has become shorter was rotated and is read from its start.
    private void follow(Path log) throws IOException, InterruptedException {
        var position = Files.size(log);
        var buffer = new byte[64 * 1024];
        while (true) {
            try (var file = new RandomAccessFile(log.toFile(), "r")) {
                file.seek(file.length() < position ? 0 : position);
                for (int count = file.read(buffer); count > 0; count = file.read(buffer)) {
                    terminal.out().write(buffer, 0, count);
                }
                terminal.out().flush();
                position = file.getFilePointer();
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }
}
