package io.throughline.deploy.cli;

import io.throughline.deploy.access.Credentials;
import io.throughline.deploy.stack.StackException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "token", mixinStandardHelpOptions = true, description = "Print the token of a role, or the key of a source, for other programs.",
        footer = {"", "  TOKEN=$(./throughline token operator)", "  KEY=$(./throughline token /channels/self-service)", ExitCode.HELP})
final class Token implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private StackOption stack;

    @Parameters(paramLabel = "NAME", description = "A role (viewer, analyst, operator, admin, …) or a source (/channels/web, …).")
    private String name;

    Token(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        var credentials = read();
        var token = credentials.tokens().getOrDefault(name, credentials.sources().get(name));
        if (token == null) {
            throw new StackException("There is no role and no source \"%s\". Roles: %s. Sources: %s. A source that is added to %s gets a key at the next start."
                    .formatted(name, String.join(", ", credentials.tokens().keySet()), String.join(", ", credentials.sources().keySet()),
                            stack.folder().credentials()));
        }
        terminal.say(token);
        return ExitCode.DONE;
    }

    private Credentials read() throws IOException {
        try {
            return Credentials.read(stack.folder().credentials());
        } catch (NoSuchFileException _) {
            throw new StackException("There is no stack in %s yet. Start one: ./throughline up".formatted(stack.folder().root()));
        }
    }
}
