package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.deploy.access.AccessFiles;
import io.throughline.deploy.access.Credentials;
import io.throughline.deploy.stack.Loopback;
import io.throughline.deploy.stack.ServerProcess;
import io.throughline.deploy.stack.Service;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// One packaged projector without a supervisor: what a test kills or stops stays so until the test says otherwise.
final class ProjectorProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private static final int KILLED = 128 + 9;

    /// As in production, not [Stack#SHORT_LIVED] as the others.
    static final Map<String, String> COMPILED_WELL = Map.of("JDK_JAVA_OPTIONS", "");

    private final Service service;
    private final Credentials credentials;
    private ServerProcess process;

    private ProjectorProcess(Service service, Credentials credentials) throws IOException {
        this.service = service;
        this.credentials = credentials;
        this.process = AtExit.close(ServerProcess.start(service));
    }

    /// Starts it; [#awaitReady] waits until it serves.
    ///
    /// @param name of its folder
    /// @param settings [#COMPILED_WELL] among them where it lives for minutes
    static ProjectorProcess start(String name, Map<String, String> settings) throws IOException {
        var folder = Project.scratch(name);
        var access = AccessFiles.in(folder);
        int port = Loopback.freePort();
        var credentials = access.ensure("http://" + Loopback.HOST + ":" + port, new SecureRandom());
        var environment = new HashMap<>(Stack.SHORT_LIVED);
        environment.putAll(settings);
        environment.put("THROUGHLINE_ACCESS_FILE", access.access().toString());
        environment.put("THROUGHLINE_SERVICE_TOKEN_FILE", access.serviceToken().toString());
        return new ProjectorProcess(new Service("projector", application(), folder, folder.resolve("projector.log"), port, Loopback.freePort(),
                environment), credentials);
    }

    private static Path application() {
        return Project.HOME.resolve("journey-projector/target/quarkus-app");
    }

    ProjectorProcess awaitReady() throws InterruptedException {
        process.awaitReady(START_LIMIT);
        return this;
    }

    /// `SIGKILL`.
    void kill() {
        process.kill();
        process.ended().join();
        AtExit.forget(process);
    }

    /// Starts it again where it was ended or killed.
    ProjectorProcess again() throws IOException {
        process = AtExit.close(ServerProcess.start(service));
        return this;
    }

    /// `SIGSTOP`: it does nothing more, and keeps all that it holds.
    void stop() {
        Signal.STOP.to(process.pid());
    }

    /// `SIGCONT`.
    void wake() {
        Signal.CONT.to(process.pid());
    }

    boolean alive() {
        return process.alive();
    }

    JsonNode status() {
        return as("viewer").get("/v1/status").with(200).json();
    }

    Client as(String role) {
        return new Client(URI.create("http://" + Loopback.HOST + ":" + service.port()), credentials.tokens().get(role));
    }

    /// Takes the key of a role from the access list, as one does whose token is known to others.
    void withdraw(String role) throws IOException {
        var file = AccessFiles.in(service.stack()).access();
        var list = (ObjectNode) EventJson.mapper().readTree(Files.readString(file));
        ((ArrayNode) list.path("keys")).removeIf(key -> key.path("id").asText().equals(role));
        Files.writeString(file, list.toString());
    }

    /// All metrics, as Prometheus would read them.
    String metrics() {
        return new Client(URI.create("http://" + Loopback.HOST + ":" + service.managementPort()), null).get("/q/metrics").with(200).text();
    }

    /// Its OpenAPI document.
    JsonNode openApi() {
        return new Client(URI.create("http://" + Loopback.HOST + ":" + service.managementPort()), null).get("/q/openapi", "format", "json").with(200).json();
    }

    /// What it has written to its log.
    String log() throws IOException {
        return Files.readString(service.log());
    }

    /// The sum of a metric over its labels, as Prometheus would read it.
    double metric(String name) {
        return metrics().lines().filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    /// `SIGTERM`, and waits for its end, which it must reach by itself.
    void end() {
        boolean alive = process.alive();
        process.close();
        AtExit.forget(process);
        if (alive) {
            assertThat(process.ended().join()).as("exit code: it should have ended before it was killed").isNotEqualTo(KILLED);
        }
    }

    @Override
    public void close() {
        end();
    }
}
