package io.throughline.deploy.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Processes of the operating system, by signal.
final class OsProcesses {
    private OsProcesses() {}

    /// Sends `signal`, waits up to `limit`, then kills. Returns when the process is gone.
    static void end(ProcessHandle process, String signal, Duration limit) {
        if (!process.isAlive()) {
            return;
        }
        signal(process, signal);
        if (!awaitEnd(process, limit)) {
            process.destroyForcibly();
            awaitEnd(process, limit);
        }
    }

    private static void signal(ProcessHandle process, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start().waitFor();
        } catch (IOException _) {
            process.destroy();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean awaitEnd(ProcessHandle process, Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException _) {
            return !process.isAlive();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
