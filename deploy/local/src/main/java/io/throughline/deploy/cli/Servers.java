package io.throughline.deploy.cli;

import io.throughline.deploy.stack.BareServers;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// For developers of a service: broker and database alone, in the foreground, until either ends or a signal comes.
@Command(name = "servers", hidden = true)
final class Servers implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private StackOption stack;

    Servers(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        var servers = BareServers.start(stack.folder(), Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
        servers.settings().forEach((name, value) -> terminal.say(name + "=" + value));
        servers.awaitEnd();
        return ExitCode.FAILED;
    }
}
