package io.throughline.deploy.cli;

import io.throughline.deploy.stack.Leftovers;
import io.throughline.deploy.stack.StackException;
import io.throughline.deploy.stack.StackFolder;
import io.throughline.deploy.stack.StackLock;
import io.throughline.deploy.stack.StackStatus;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "down", mixinStandardHelpOptions = true, description = "Stop all of it, callers first, and wait until it is gone. Data stay.",
        footer = ExitCode.HELP)
final class Down implements Callable<Integer> {
    private static final long STOP_LIMIT_SECONDS = 120;

    private final Terminal terminal;

    @Mixin
    private StackOption stack;

    Down(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        var folder = stack.folder();
        if (StackLock.held(folder)) {
            stop(supervisor(folder));
            Leftovers.end(folder);
            terminal.say("Throughline is down.");
            return ExitCode.DONE;
        }
        var ended = Leftovers.end(folder);
        terminal.say(ended.isEmpty() ? "Throughline is not running in " + folder.root()
                : "The supervisor was gone; ended what it had left running: " + String.join(", ", ended));
        return ExitCode.DONE;
    }

    private static ProcessHandle supervisor(StackFolder folder) throws IOException {
        return StackStatus.read(folder).flatMap(status -> ProcessHandle.of(status.pid()))
                .orElseThrow(() -> new StackException("The stack is just being started by someone else. Try again in a moment."));
    }

    private static void stop(ProcessHandle supervisor) throws InterruptedException, ExecutionException {
        supervisor.destroy();
        try {
            supervisor.onExit().get(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            throw new StackException("The supervisor (pid %d) does not end. Kill it, then run ./throughline down again.".formatted(supervisor.pid()));
        }
    }
}
