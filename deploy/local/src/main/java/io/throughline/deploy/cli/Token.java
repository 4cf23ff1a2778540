package io.throughline.deploy.cli;

import io.throughline.deploy.access.Credentials;
import io.throughline.deploy.stack.StackException;
import io.throughline.deploy.stack.StackLock;
import io.throughline.events.UriText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "token", mixinStandardHelpOptions = true, description = "Print the token of a role, or the key of a source, for other programs.",
        footer = {"", "  TOKEN=$(./throughline token operator)", "  KEY=$(./throughline token /channels/self-service)", "  KEY=$(./throughline token /channels/kiosk --new)",
            ExitCode.HELP})
final class Token implements Callable<Integer> {
    private static final int MAX_SOURCE = 256;
    /// What answers every key, be it with a refusal of what it asks for.
    private static final List<String> IN_EACH_SERVICE = List.of("/v1/sources", "/v1/receipts");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 250;
    private static final int UNAUTHORIZED = 401;
    private static final int UNAVAILABLE = 503;

    private final Terminal terminal;

    @Mixin
    private StackOption stack;

    @Parameters(paramLabel = "NAME", description = "A role (viewer, analyst, operator, admin, …) or a source (/channels/web, …).")
    private String name;

    Token(Terminal terminal) {
        this.terminal = terminal;
    }

    @Option(names = "--new", description = "Make a new one: of a source that has none yet, or in the place of the one before, which is refused from then on.")
    private boolean fresh;

    @Override
    public Integer call() throws IOException {
        var credentials = read();
        if (fresh) {
            requireName(credentials);
            var token = stack.folder().access().renew(name, new SecureRandom());
            if (StackLock.held(stack.folder())) {
                awaitForce(new Api(credentials.baseUrl(), token));
            }
            terminal.say(token);
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

    /// Until gateway, ingest and projector know it: the next line of a script may use it.
    private void awaitForce(Api api) throws IOException {
        var end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            if (IN_EACH_SERVICE.stream().allMatch(path -> isKnown(api, path))) {
                return;
            }
            pause();
        }
        terminal.complain("Not all services know it yet. What runs: ./throughline status");
    }

    private static boolean isKnown(Api api, String path) {
        try {
            api.get(path, Map.of());
            return true;
        } catch (Api.Refused refused) {
            return refused.status() != UNAUTHORIZED && refused.status() != UNAVAILABLE;
        } catch (IOException _) {
            return false;
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the services");
        }
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
