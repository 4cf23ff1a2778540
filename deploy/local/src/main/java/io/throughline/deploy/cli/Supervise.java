package io.throughline.deploy.cli;

import io.throughline.deploy.stack.LogLines;
import io.throughline.deploy.stack.Supervisor;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What `up` starts in the background. It runs until it is told to end by a signal.
@Command(name = "supervise", hidden = true)
final class Supervise implements Callable<Integer> {
    @Mixin
    private StackOption stack;

    @Option(names = "--port", converter = Values.Port.class, required = true)
    private int port;

    @Override
    public Integer call() throws Exception {
        LogLines.use();
        Supervisor.start(stack.folder(), port, System.getenv()).awaitLoss();
        return ExitCode.FAILED;
    }
}
