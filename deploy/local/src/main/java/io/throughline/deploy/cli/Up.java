package io.throughline.deploy.cli;

import io.throughline.deploy.access.Credentials;
import io.throughline.deploy.demo.AddressStory;
import io.throughline.deploy.demo.Demo;
import io.throughline.deploy.stack.Jvm;
import io.throughline.deploy.stack.Programs;
import io.throughline.deploy.stack.StackException;
import io.throughline.deploy.stack.StackFolder;
import io.throughline.deploy.stack.StackLock;
import io.throughline.deploy.stack.StackStatus;
import io.throughline.deploy.stack.Supervisor;
import io.throughline.deploy.stack.Why;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "up", mixinStandardHelpOptions = true,
        description = "Start broker, database, services and gateway in the background, and wait until all of them serve.",
        footer = {"", "KAFKA_BOOTSTRAP_SERVERS and DATABASE_URL (postgresql://user:password@host:port/database), where set, name servers",
            "to use instead of own ones, and KAFKA_CREDENTIALS_FILE a file with username= and password= for that broker.",
            "THROUGHLINE_RULES names folders with more rule files, separated by commas.", ExitCode.HELP})
final class Up implements Callable<Integer> {
    private static final int FIRST_PORT = 8080;

    private final Terminal terminal;

    @Mixin
    private StackOption stack;

    @Option(names = "--port", converter = Values.Port.class, description = "Port of the gateway on loopback (default: the one of last time, at first 8080).")
    private Integer port;

    @Option(names = "--demo", description = "Then play the address story and some thousand generated customers.")
    private boolean demo;

    @Option(names = "--customers", converter = Values.CountOrNone.class, defaultValue = "3000", description = "Generated customers of the demo (default: ${DEFAULT-VALUE}).")
    private int customers;

    @Option(names = "--seed", converter = Values.Seed.class, defaultValue = "1", description = "Seed of the demo (default: ${DEFAULT-VALUE}).")
    private long seed;

    Up(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        var folder = stack.folder();
        var status = StackLock.held(folder) ? join(folder) : start(folder);
        var credentials = Credentials.read(folder.credentials());
        requireJourneys(credentials);
        var agrees = !demo || playDemo(credentials);
        announce(status, folder);
        return agrees ? ExitCode.DONE : ExitCode.NOT_SO;
    }

    /// Processes that run are not enough to say that it serves.
    private void requireJourneys(Credentials credentials) throws IOException {
        try {
            new Api(credentials.baseUrl(), credentials.tokens().get("viewer")).get("/v1/status", Map.of()).path("warnings")
                    .forEach(warning -> terminal.say("WARNING: " + Printable.of(warning.asText())));
        } catch (IOException silent) {
            throw new StackException("All processes run, but journeys cannot be read. %s What is wrong: ./throughline doctor".formatted(Why.of(silent)));
        }
    }

    private StackStatus join(StackFolder folder) throws IOException, InterruptedException {
        terminal.sentence("Throughline is up already, with what was built when it started (./throughline down, then up, takes a new build).");
        var supervisor = runningSupervisor(folder);
        int there = lastPort(folder);
        if (port != null && port != there) {
            throw new StackException("It serves at port %d and stays there. To move it: ./throughline down, then ./throughline up --port %d".formatted(there, port));
        }
        return new StartProgress(terminal, folder, supervisor).follow();
    }

    /// The port is looked at first: servers that a killed supervisor has left go on where the new one could not stay.
    private StackStatus start(StackFolder folder) throws IOException, InterruptedException {
        folder.requireUsable();
        int chosen = port != null ? port : lastPort(folder);
        Supervisor.requireFree(chosen);
        terminal.say("Starting Throughline in " + folder.root());
        open(folder);
        Machine.busy().ifPresent(terminal::complain);
        var supervisor = startSupervisor(folder, chosen);
        var interrupted = Thread.ofPlatform().name("interrupted").unstarted(() -> stop(supervisor));
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            return new StartProgress(terminal, folder, supervisor).follow();
        } finally {
            forget(interrupted);
        }
    }

    private void stop(ProcessHandle supervisor) {
        terminal.complain("Interrupted: stopping what was started …");
        supervisor.destroy();
        supervisor.onExit().join();
        terminal.complain("Throughline is down.");
    }

    private static void forget(Thread hook) throws InterruptedException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // It runs, and has the last word.
            hook.join();
            new CountDownLatch(1).await();
        }
    }

    /// Where the stack of this folder served last.
    static int lastPort(StackFolder folder) throws IOException {
        try {
            return Credentials.read(folder.credentials()).port().orElse(FIRST_PORT);
        } catch (NoSuchFileException _) {
            return FIRST_PORT;
        }
    }

    private void open(StackFolder folder) throws IOException {
        int tightened = folder.open();
        if (tightened > 0) {
            terminal.say("It was open to other accounts (files and folders: %,d); from now on only its owner may look into it."
                    .formatted(tightened));
        }
    }

    private boolean playDemo(Credentials credentials) throws IOException, InterruptedException {
        var agrees = new Demo(terminal, credentials).play(seed, LocalDate.now(ZoneOffset.UTC), customers);
        terminal.say("");
        Journey.show(terminal, new Api(credentials.baseUrl(), credentials.tokens().get("analyst")), AddressStory.IDENTITY);
        return agrees;
    }

    private static ProcessHandle runningSupervisor(StackFolder folder) throws IOException {
        return StackStatus.read(folder).flatMap(status -> ProcessHandle.of(status.pid()))
                .orElseThrow(() -> new StackException("The stack is just being started by someone else. Try again in a moment."));
    }

    private static ProcessHandle startSupervisor(StackFolder folder, int port) throws IOException {
        var options = List.of("-XX:+UseSerialGC", "-Dthroughline.home=" + folder.home(), "-cp", Programs.CLASS_PATH);
        return Background.start(Programs.supervisor(folder), Jvm.plain("-Xmx160m", options, "io.throughline.deploy.Throughline",
                "supervise", "--var", folder.root().toString(), "--port", Integer.toString(port)), folder.log("supervisor"));
    }

    private void announce(StackStatus status, StackFolder folder) {
        var credentials = folder.credentials();
        terminal.say("");
        terminal.say("Throughline serves at " + terminal.bold(status.url()));
        terminal.say("  tokens  " + credentials);
        terminal.say("  logs    " + folder.log("*"));
        terminal.say("");
        terminal.say("A first thing to try: a customer changes the postal address, and nobody tells card dispatch.");
        terminal.say("");
        terminal.say(firstPost(status.url(), credentials).indent(2).stripTrailing());
        terminal.say("");
        terminal.say("  ./throughline journey customer:you");
        terminal.say("  ./throughline findings");
        terminal.say("  ./throughline down");
    }

    /// A command to paste: it reads the key from the credentials, so that none is on the screen.
    private static String firstPost(String url, Path credentials) {
        return """
                KEY=$(sed -n 's|.*"/channels/self-service" *: *"\\([^"]*\\)".*|\\1|p' '%s')
                curl -s %s/v1/events -H "Authorization: Bearer $KEY" -H 'Content-Type: application/cloudevents+json' -d '{
                  "specversion": "1.0", "id": "try-1", "source": "/channels/self-service", "type": "address-changed.v1",
                  "subject": "customer:you", "time": "%s", "data": { "addressId": "home", "kind": "postal", "version": 1,
                  "address": { "lines": ["7 Harbour View"], "postcode": "BS1 6UZ", "city": "Bristol", "country": "GB" } } }'"""
                .formatted(credentials.toString().replace("'", "'\\''"), url, Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS));
    }
}
