package io.throughline.deploy.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Processes that outlive the terminal in which they were started.
final class Background {
    /// What it writes is its owner's alone. With job control on, a background job gets a process group of its own: neither ctrl-C nor
    /// the closing of the terminal reaches it.
    private static final String SCRIPT = "umask 077; set -m; nohup \"$@\" </dev/null >>\"$0\" 2>&1 & echo $!";

    private Background() {}

    /// @param folder in which it runs
    /// @param log to which its output is appended
    /// @return its process id
    static ProcessHandle start(Path folder, List<String> command, Path log) throws IOException {
        var words = new ArrayList<>(List.of("bash", "-c", SCRIPT, log.toString()));
        words.addAll(command);
        var shell = new ProcessBuilder(words).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var pid = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow(() -> new IOException("The supervisor ended at once. See " + log));
    }
}
