package io.throughline.deploy.acceptance;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.deploy.access.Credentials;
import io.throughline.deploy.stack.Loopback;
import io.throughline.deploy.stack.StackFolder;
import io.throughline.deploy.stack.StackStatus;
import io.throughline.deploy.stack.StackStatus.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `./throughline up` starts, in a folder and on a port of its own.
final class Stack implements AutoCloseable {
    /// Name and topic of the stack that several tests share.
    static final String COMMON = "common";
    /// For what lives for a minute or two: half of what it costs is the compilation of its programs, here done quickly rather than well.
    static final Map<String, String> SHORT_LIVED = Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    /// As a person starts it in the long set, else [#SHORT_LIVED].
    static final Map<String, String> BY_EFFORT = Effort.isLong() ? Map.of() : SHORT_LIVED;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final StackFolder folder;
    private final int port;
    private Credentials credentials;

    private Stack(String name) throws IOException {
        this.folder = new StackFolder(Project.HOME, Project.scratch(name));
        this.port = Loopback.freePort();
    }

    /// A stack with its own broker and database.
    static Stack whole(String name, Map<String, String> settings) throws IOException {
        Servers.train();
        Phase.begins(Stack.class, "%s starts, with its own broker and database", name);
        return new Stack(name).up(settings);
    }

    /// A stack on the shared servers, with topics and an empty database of its own.
    static Stack on(Servers servers, String name, Map<String, String> settings) throws IOException, SQLException {
        Phase.begins(Stack.class, "%s starts", name);
        var environment = new HashMap<>(of(servers, name, servers.database().create(name)));
        environment.putAll(settings);
        return new Stack(name).up(environment);
    }

    /// The same, [#SHORT_LIVED].
    static Stack shortLived(Servers servers, String name, Map<String, String> settings) throws IOException, SQLException {
        var all = new HashMap<>(SHORT_LIVED);
        all.putAll(settings);
        return on(servers, name, all);
    }

    /// The settings by which a stack uses the shared servers.
    static Map<String, String> of(Servers servers, String topic, Database database) {
        var settings = new HashMap<>(servers.broker().environment());
        settings.putAll(Map.of("DATABASE_URL", database.url(),
                "THROUGHLINE_INGEST_LOG_TOPIC", topic, "THROUGHLINE_PROJECTOR_TOPIC", topic,
                "THROUGHLINE_INGEST_LOG_DEFINITIONS", topic + "-definitions", "THROUGHLINE_PROJECTOR_DEFINITIONS_TOPIC", topic + "-definitions",
                "THROUGHLINE_PROJECTOR_FINDINGS_TOPIC", topic + "-findings"));
        return settings;
    }

    /// One for all tests that only add to it. It knows the rules in the test resources beside the shipped ones.
    static Stack common() {
        return Common.STACK;
    }

    private static final class Common {
        static final Stack STACK = start();

        private static Stack start() {
            try {
                var rules = Path.of(Stack.class.getResource("/rules").toURI());
                return shortLived(Servers.shared(), COMMON, Map.of("THROUGHLINE_RULES", rules.toString()));
            } catch (Exception e) {
                throw new IllegalStateException("The stack common to several tests cannot be started", e);
            }
        }
    }

    /// Starts it, again where it was down.
    Stack up(Map<String, String> environment) throws IOException {
        AtExit.close(this);
        CommandLine.run(environment, arguments("up", "--port", Integer.toString(port))).exits(0);
        credentials = Credentials.read(folder.credentials());
        return this;
    }

    /// Runs a command against this stack.
    CommandLine.Result command(String... words) {
        return CommandLine.run(Map.of(), arguments(words));
    }

    private List<String> arguments(String... words) {
        var arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--var", folder.root().toString()));
        return arguments;
    }

    int port() {
        return port;
    }

    /// Its `--var`.
    Path var() {
        return folder.root();
    }

    StackFolder folder() {
        return folder;
    }

    /// Somebody of the company, in this role.
    Client as(String role) {
        return client(credentials.tokens().get(role));
    }

    /// A channel or system with the key of its source.
    Client source(String source) {
        return client(credentials.sources().get(source));
    }

    Client client(String token) {
        return new Client(URI.create("http://" + Loopback.HOST + ":" + port), token);
    }

    JsonNode status() {
        return as("viewer").get("/v1/status").with(200).json();
    }

    /// Waits until all that was accepted before this call is projected and evaluated.
    JsonNode settled() {
        var accepted = Instant.now();
        return await().atMost(LIMIT).ignoreExceptionsMatching(Stack::isOutage).until(this::status, status -> isSettled(status, accepted));
    }

    /// A service that is being started again does not answer, or is said not to by the gateway.
    static boolean isOutage(Throwable failure) {
        return failure instanceof UncheckedIOException || failure instanceof Client.Unexpected;
    }

    static boolean isSettled(JsonNode status, Instant moment) {
        return status.path("meta").path("lag").asLong(-1) == 0 && status.path("waiting").asLong(-1) == 0
                && Instant.parse(status.path("meta").path("evaluatedAt").asText()).isAfter(moment);
    }

    /// Of a stack with its own broker.
    Broker broker() {
        return new Broker(Loopback.HOST + ":" + member("kafka").port(), Optional.of(folder.access().logCredentials()));
    }

    /// Of a stack with its own database.
    Database database() throws IOException {
        return new Database("postgresql://throughline:%s@%s:%d/throughline"
                .formatted(folder.access().password(), Loopback.HOST, member("postgres").port()));
    }

    Member member(String name) {
        return supervisor().members().stream().filter(member -> member.name().equals(name)).findFirst().orElseThrow();
    }

    private StackStatus supervisor() {
        try {
            return StackStatus.read(folder).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Stops it in order; its folder stays.
    void down() {
        command("down").exits(0);
        AtExit.forget(this);
    }

    /// Ends it in any case: what an orderly end leaves is killed, and said to be a fault.
    @Override
    public void close() {
        try {
            down();
        } finally {
            var left = supervisor().members().stream().filter(member -> ProcessHandle.of(member.pid()).filter(this::isOurs).isPresent()).toList();
            left.forEach(member -> ProcessHandle.of(member.pid()).ifPresent(ProcessHandle::destroyForcibly));
            if (!left.isEmpty()) {
                throw new AssertionError("Left running after down: " + left);
            }
        }
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info().commandLine().filter(line -> line.contains(folder.root().toString())).isPresent();
    }

    @Override
    public String toString() {
        return "Stack[" + folder.root() + "]";
    }
}
