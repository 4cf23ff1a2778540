package io.throughline.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// On what a run was made.
///
/// @param memoryMib of the whole machine
/// @param commit of the project's checkout, with `+` where it was changed since; `unknown` outside one
record Machine(int cores, long memoryMib, String jdk, String os, String commit) {

    static Machine here(Path home) {
        return new Machine(Runtime.getRuntime().availableProcessors(), system().getTotalMemorySize() / 1024 / 1024,
                System.getProperty("java.vendor") + " " + Runtime.version(),
                "%s %s %s".formatted(System.getProperty("os.name"), System.getProperty("os.version"), System.getProperty("os.arch")), commit(home));
    }

    /// Processes that ran or waited to run, on average over the last minute.
    static double load() {
        return Math.round(system().getSystemLoadAverage() * 100) / 100.0;
    }

    private static OperatingSystemMXBean system() {
        return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }

    private static String commit(Path home) {
        var commit = git(home, "rev-parse", "--short", "HEAD");
        return commit.isEmpty() ? "unknown" : commit + (git(home, "status", "--porcelain", "--untracked-files=no").isEmpty() ? "" : "+");
    }

    private static String git(Path home, String... words) {
        var command = new ArrayList<>(List.of("git", "-C", home.toString()));
        command.addAll(List.of(words));
        try {
            var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? said : "";
        } catch (IOException _) {
            return "";
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
