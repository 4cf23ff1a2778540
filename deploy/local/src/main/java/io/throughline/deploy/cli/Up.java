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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "up", mixinStandardHelpOptions = true,
        description = "Start broker, database, services and gateway in the background, and wait until all of them serve.",
        footer = {"", "KAFKA_BOOTSTRAP_SERVERS and DATABASE_URL (postgresql://user:password@host:port/database), where set, name servers",
            "to use instead of own ones, and KAFKA_CREDENTIALS_FILE a file with username= and password= for that broker.",
            "THROUGHLINE_RULES names folders with more rule files, separated by commas.", ExitCode.HELP})
final class Up implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private StackOption stack;

    @Option(names = "--port", defaultValue = "8080", description = "Port of the gateway on loopback (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--demo", description = "Then play the address story and some thousand generated customers.")
    private boolean demo;

    @Option(names = "--customers", defaultValue = "3000", description = "Generated customers of the demo (default: ${DEFAULT-VALUE}).")
    private int customers;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the demo (default: ${DEFAULT-VALUE}).")
    private long seed;

    Up(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        var folder = stack.folder();
        var running = StackLock.held(folder);
        terminal.say(running ? "Throughline is up already, with what was built when it started (./throughline down, then up, takes a new build)."
                : "Starting Throughline in " + folder.root());
        if (!running) {
            open(folder);
        }
        var supervisor = running ? runningSupervisor(folder) : startSupervisor(folder);
        var status = new StartProgress(terminal, folder, supervisor).follow();
        var credentials = Credentials.read(folder.credentials());
        var agrees = !demo || playDemo(credentials);
        announce(status, folder);
        return agrees ? ExitCode.DONE : ExitCode.NOT_SO;
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

    private ProcessHandle startSupervisor(StackFolder folder) throws IOException {
        var options = List.of("-XX:+UseSerialGC", "-Djava.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tL%1$tz %4$-7s %5$s%6$s%n",
                "-Dthroughline.home=" + folder.home(), "-cp", Programs.CLASS_PATH);
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
