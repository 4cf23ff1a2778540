package io.throughline.deploy.cli;

import io.throughline.deploy.access.Credentials;
import io.throughline.deploy.stack.StackException;
import io.throughline.events.UriText;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "token", mixinStandardHelpOptions = true, description = "Print the token of a role, or the key of a source, for other programs.",
        footer = {"", "  TOKEN=$(./throughline token operator)", "  KEY=$(./throughline token /channels/self-service)", "  KEY=$(./throughline token /channels/kiosk --new)",
            ExitCode.HELP})
final class Token implements Callable<Integer> {
    private static final int MAX_SOURCE = 256;

    private final Terminal terminal;

    @Mixin
    private StackOption stack;

    @Parameters(paramLabel = "NAME", description = "A role (viewer, analyst, operator, admin, …) or a source (/channels/web, …).")
    private String name;

    Token(Terminal terminal) {
        this.terminal = terminal;
    }

    @Option(names = "--new", description = "Make a new one: of a source that has none yet, or in the place of the one before, which is refused within seconds.")
    private boolean fresh;

    @Override
    public Integer call() throws IOException {
        var credentials = read();
        if (fresh) {
            requireName(credentials);
            terminal.say(stack.folder().access().renew(name, new SecureRandom()));
            return ExitCode.DONE;
        }
        var token = credentials.tokens().getOrDefault(name, credentials.sources().get(name));
        if (token == null) {
            throw new StackException("There is no role and no source \"%s\". Roles: %s. Sources: %s. A key for a new source: ./throughline token /channels/new --new"
                    .formatted(Printable.of(name), String.join(", ", credentials.tokens().keySet()), String.join(", ", credentials.sources().keySet())));
        }
        terminal.say(token);
        return ExitCode.DONE;
    }

    /// A misspelt role makes no source.
    private void requireName(Credentials credentials) {
        boolean source = UriText.isReference(name) && name.length() <= MAX_SOURCE && (name.startsWith("/") || name.contains(":"));
        if (!source && !credentials.tokens().containsKey(name)) {
            throw new WrongUsage("\"%s\" is no role, and no source: those are URIs of at most %d characters, as in /channels/kiosk. Roles: %s"
                    .formatted(Printable.of(name), MAX_SOURCE, String.join(", ", credentials.tokens().keySet())));
        }
    }

    private Credentials read() throws IOException {
        try {
            return Credentials.read(stack.folder().credentials());
        } catch (NoSuchFileException _) {
            throw new StackException("There is no stack in %s yet. Start one: ./throughline up".formatted(stack.folder().root()));
        }
    }
}
