package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The program behind `./throughline`, run as a process of its own.
final class CommandLine {
    private static final Path PROGRAM = Project.HOME.resolve("deploy/local/target/deploy-local-0.1.0-SNAPSHOT.jar");
    private static final long LIMIT_SECONDS = 240;

    private CommandLine() {}

    /// What a command said and how it ended.
    record Result(int exit, String out, String err) {
        Result exits(int code) {
            assertThat(exit).as("exit code; out: %s err: %s", out, err).isEqualTo(code);
            return this;
        }

        List<String> lines() {
            return out.lines().toList();
        }
    }

    /// @param environment besides ours, of which nothing that concerns a stack is passed on
    static Result run(Map<String, String> environment, List<String> arguments) {
        try {
            var out = File.createTempFile("throughline", ".out");
            var err = File.createTempFile("throughline", ".err");
            try {
                int exit = run(environment, arguments, out, err);
                return new Result(exit, Files.readString(out.toPath()), Files.readString(err.toPath()));
            } finally {
                Files.delete(out.toPath());
                Files.delete(err.toPath());
            }
        } catch (IOException e) {
            throw new AssertionError("The command could not be run: " + arguments, e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a command ran: " + arguments);
        }
    }

    private static int run(Map<String, String> environment, List<String> arguments, File out, File err) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-Dthroughline.home=" + Project.HOME, "-cp", PROGRAM + ":" + PROGRAM.resolveSibling("lib") + "/*", "io.throughline.deploy.Throughline"));
        words.addAll(arguments);
        var builder = new ProcessBuilder(words).redirectOutput(out).redirectError(err);
        builder.environment().keySet().removeIf(name -> name.startsWith("THROUGHLINE_") || name.startsWith("QUARKUS_")
                || name.startsWith("KAFKA_") || name.equals("DATABASE_URL"));
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("No end after %d s: %s".formatted(LIMIT_SECONDS, arguments));
        }
        return process.exitValue();
    }
}
