package io.throughline.deploy.stack;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One running process of a [LocalServer]: started on construction by [#start], ended by [#close].
public final class ServerProcess implements AutoCloseable {
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(200);

    private final LocalServer server;
    private final Process process;
    private final Instant since;

    private ServerProcess(LocalServer server, Process process, Instant since) {
        this.server = server;
        this.process = process;
        this.since = since;
    }

    /// Prepares the server and starts its process; does not wait until it serves.
    /// @throws IOException when its data cannot be prepared or the process cannot be started
    public static ServerProcess start(LocalServer server) throws IOException {
        return start(server, Map.of());
    }

    /// @param environment besides that of the server and ours
    public static ServerProcess start(LocalServer server, Map<String, String> environment) throws IOException {
        OwnerOnly.file(server.log());
        server.prepare();
        return launch(server, environment);
    }

    /// Starts the process of a server that was prepared before. Data that has disappeared since is not created again.
    static ServerProcess startAgain(LocalServer server) throws IOException {
        return launch(server, Map.of());
    }

    private static ServerProcess launch(LocalServer server, Map<String, String> environment) throws IOException {
        var command = server.command();
        command.environment().putAll(environment);
        var process = OwnerOnly.process(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(server.log().toFile()))
                .start();
        process.getOutputStream().close();
        return new ServerProcess(server, process, Instant.now());
    }

    public LocalServer server() {
        return server;
    }

    public long pid() {
        return process.pid();
    }

    public Instant since() {
        return since;
    }

    public boolean alive() {
        return process.isAlive();
    }

    /// Completes with the exit code when the process has ended, however it ended.
    public CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /// Waits until the server serves.
    /// @throws StackException when it ended before, or did not serve within `limit`; with the tail of its log
    public ServerProcess awaitReady(Duration limit) throws InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!server.ready()) {
            // The interval between two probes is also the wait for an early end.
            if (process.waitFor(PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StackException("%s ended at start with code %d.".formatted(server.name(), process.exitValue()), server.log());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new StackException("%s does not serve after %d s.".formatted(server.name(), limit.toSeconds()), server.log());
            }
        }
        return this;
    }

    /// Ends the process at once, as a crash would (`kill -9`).
    public void kill() {
        process.destroyForcibly();
    }

    /// Asks the process to end, waits, kills it when it does not. Its children end with it.
    @Override
    public void close() {
        OsProcesses.end(process.toHandle(), server.stopSignal(), server.stopLimit());
    }
}
