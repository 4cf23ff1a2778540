package io.throughline.deploy.stack;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A program that is run to its end, its words going to a log.
final class Tool {
    private Tool() {}

    /// @throws StackException when it fails, with the end of the log
    static void run(ProcessBuilder command, Path log) throws IOException {
        run(command, "", log);
    }

    /// @param input what the program reads from its standard input
    static void run(ProcessBuilder command, String input, Path log) throws IOException {
        var name = Path.of(command.command().getFirst()).getFileName();
        OwnerOnly.file(log);
        var process = OwnerOnly.process(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        try {
            if (process.waitFor() != 0) {
                throw new StackException("%s failed.".formatted(name), log);
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a program ran");
        }
    }
}
