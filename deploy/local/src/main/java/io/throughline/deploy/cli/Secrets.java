package io.throughline.deploy.cli;

import io.throughline.deploy.containers.Handout;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What the containers' stack does first: see [Handout].
@Command(name = "secrets", hidden = true)
final class Secrets implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private StackOption stack;

    @Option(names = "--shares", required = true)
    private Path shares;

    @Option(names = "--url", required = true)
    private String url;

    Secrets(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        var credentials = new Handout(stack.folder().root(), shares).give(url, new SecureRandom());
        terminal.say("Tokens of %d roles, keys of %d sources. To see one: docker compose run --rm cli token operator"
                .formatted(credentials.tokens().size(), credentials.sources().size()));
        return ExitCode.DONE;
    }
}
