package io.throughline.deploy.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.deploy.access.AccessFiles;
import io.throughline.deploy.access.Credentials;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Starts each packaged service once, for the JVM to learn what its starts take, and leaves that in the service's folder: its [AotCache].
///
/// @param home the project's root folder
/// @param folder for secrets and logs
/// @param servers the settings by which the services find broker and database, with topics of their own
public record Training(Path home, Path folder, Map<String, String> servers) {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
    private static final String INGEST = "ingest";
    private static final String SOURCE = "/channels/web";

    /// Trains what was built since the last time; waits while another process is at it.
    ///
    /// @return whether anything was left to train
    /// @throws StackException when a service does not start or does not serve
    public boolean run() throws IOException, InterruptedException {
        var ingest = Programs.built(home, "touchpoint-ingest");
        var projector = Programs.built(home, "journey-projector");
        try (var file = FileChannel.open(ingest.resolveSibling("training.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE); var _ = file.lock()) {
            if (AotCache.exists(ingest) && AotCache.exists(projector)) {
                return false;
            }
            var access = AccessFiles.in(folder);
            var credentials = access.ensure("", new SecureRandom());
            train(INGEST, ingest, access, credentials);
            train("projector", projector, access, credentials);
            return true;
        }
    }

    private void train(String name, Path application, AccessFiles access, Credentials credentials) throws IOException, InterruptedException {
        var settings = new HashMap<>(servers);
        settings.put("THROUGHLINE_ACCESS_FILE", access.access().toString());
        settings.put("THROUGHLINE_VAULT_KEY_FILE", access.vaultKey().toString());
        settings.put("THROUGHLINE_SERVICE_TOKEN_FILE", access.serviceToken().toString());
        var service = new Service(name, application, folder, folder.resolve(name + ".log"), Loopback.freePort(), Loopback.freePort(), settings);
        var unfinished = application.resolveSibling("unfinished.aot");
        try (var process = ServerProcess.start(new Trained(service, unfinished))) {
            process.awaitReady(START_LIMIT);
            exercise(service, credentials);
        }
        if (Files.exists(unfinished)) {
            AotCache.keep(unfinished, application);
        }
    }

    /// A little of the work, so that its classes are learned too.
    private static void exercise(Service service, Credentials credentials) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            if (service.name().equals(INGEST)) {
                answer(client, service, request(service, "/v1/events", credentials.sources().get(SOURCE))
                        .header("Content-Type", "application/cloudevents+json").POST(BodyPublishers.ofString(event())));
                return;
            }
            JsonNode status;
            long deadline = System.nanoTime() + START_LIMIT.toNanos();
            do {
                if (System.nanoTime() - deadline > 0) {
                    throw new StackException("%s did not project the event of its training within %d minutes.".formatted(service.name(), START_LIMIT.toMinutes()),
                            service.log());
                }
                status = Json.MAPPER.readTree(answer(client, service, request(service, "/v1/status", credentials.tokens().get("viewer"))));
                Thread.sleep(POLL_INTERVAL);
            } while (status.path("touchpoints").asLong() == 0 || status.path("waiting").asLong() > 0);
        }
    }

    private static HttpRequest.Builder request(Service service, String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://" + Loopback.HOST + ":" + service.port() + path)).header("Authorization", "Bearer " + token)
                .timeout(START_LIMIT);
    }

    private static String answer(HttpClient client, Service service, HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= HttpURLConnection.HTTP_MULT_CHOICE) {
            throw new StackException("%s answered %d in its training.".formatted(service.name(), answer.statusCode()), service.log());
        }
        return answer.body();
    }

    private static String event() {
        return """
                {"specversion":"1.0","id":"training","source":"%s","type":"page-viewed.v1","subject":"customer:training","time":"%s"}"""
                .formatted(SOURCE, Instant.now());
    }

    /// A service that writes what it has learned when it ends.
    private record Trained(Service service, Path output) implements LocalServer {
        /// The cache is as good, and made in two thirds of the time; profiles of a good compiler would have the next start compile more.
        private static final String COMPILED_QUICKLY = "-XX:TieredStopAtLevel=1";

        @Override
        public String name() {
            return service.name();
        }

        @Override
        public int port() {
            return service.port();
        }

        @Override
        public Path log() {
            return service.log();
        }

        @Override
        public void prepare() throws IOException {
            Files.deleteIfExists(output);
        }

        @Override
        public ProcessBuilder command() {
            return service.command(List.of("-XX:AOTCacheOutput=" + output, COMPILED_QUICKLY));
        }

        @Override
        public boolean ready() {
            return service.ready();
        }

        /// The cache is put together by another JVM when this one has ended its work.
        @Override
        public Duration stopLimit() {
            return START_LIMIT;
        }
    }
}
