package io.throughline.bench;

import io.throughline.bench.load.Target;
import io.throughline.deploy.access.AccessFiles;
import io.throughline.deploy.access.Credentials;
import io.throughline.deploy.stack.FileTree;
import io.throughline.deploy.stack.LocalKafka;
import io.throughline.deploy.stack.LocalPostgres;
import io.throughline.deploy.stack.LocalServer;
import io.throughline.deploy.stack.Loopback;
import io.throughline.deploy.stack.ServerProcess;
import io.throughline.deploy.stack.Service;
import io.throughline.events.log.Brokers;
import io.throughline.events.log.LogCredentials;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/// What a run measures on: a broker and a database of its own, packaged services as they are needed, all on loopback, in a scratch folder.
/// Everything ends with it, also when the run is interrupted; of its folder only the logs stay.
final class Rig implements AutoCloseable {
    static final int PARTITIONS = 6;
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final String SECRETS = "secrets";
    private static final String LOG = "kafka";
    private static final String TABLES = "postgres";

    private final Path home;
    private final Path scratch;
    private final AccessFiles access;
    private final ConcurrentLinkedDeque<ServerProcess> open = new ConcurrentLinkedDeque<>();
    private final Thread atExit = Thread.ofPlatform().name("end-of-bench").unstarted(this::end);
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    private Credentials credentials;
    private LocalKafka kafka;
    private ServerProcess broker;
    private ServerProcess postgres;
    private Database database;

    private Rig(Path home, Path scratch) {
        this.home = home;
        this.scratch = scratch;
        this.access = AccessFiles.in(scratch.resolve(SECRETS));
    }

    /// Starts broker and database.
    ///
    /// @param home the project's root folder, built
    /// @param scratch of this run alone
    static Rig start(Path home, Path scratch) throws IOException, InterruptedException, SQLException {
        Files.createDirectories(scratch);
        var rig = new Rig(home, scratch);
        Runtime.getRuntime().addShutdownHook(rig.atExit);
        rig.startFoundations();
        return rig;
    }

    private void startFoundations() throws IOException, InterruptedException, SQLException {
        credentials = access.ensure("http://" + Loopback.HOST, new SecureRandom());
        kafka = new LocalKafka(home.resolve("deploy/broker"), scratch.resolve(LOG), log("kafka"), Loopback.freePort(), Loopback.freePort(),
                LogCredentials.read(access.logCredentials()));
        var server = new LocalPostgres(scratch.resolve(TABLES), log("postgres"), Loopback.freePort(), access.password());
        broker = start(kafka);
        postgres = start(server);
        broker.awaitReady(START_LIMIT);
        postgres.awaitReady(START_LIMIT);
        database = new Database(server.databaseUrl());
    }

    Vertx vertx() {
        return vertx;
    }

    Brokers brokers() {
        return new Brokers(kafka.bootstrapServers(), Optional.of(kafka.credentials()));
    }

    /// The settings by which a process reaches the broker, and these of its own.
    Map<String, String> withBrokers(Map<String, String> own) {
        var settings = new HashMap<>(own);
        settings.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        settings.put("KAFKA_CREDENTIALS_FILE", access.logCredentials().toString());
        return settings;
    }

    Database database() {
        return database;
    }

    ServerProcess broker() {
        return broker;
    }

    ServerProcess postgres() {
        return postgres;
    }

    Path log(String name) {
        return scratch.resolve("logs").resolve(name + ".log");
    }

    String viewerToken() {
        return credentials.tokens().get("viewer");
    }

    /// The events endpoint of a server, with the key of the [Story]'s source.
    Target events(int port) {
        return new Target(Loopback.HOST, port, "/v1/events", credentials.sources().get(Story.SOURCE));
    }

    /// Makes a topic as ingest makes its own.
    void createTopic(String name) throws InterruptedException {
        try (var admin = Admin.create(brokers().client(Map.of()))) {
            var settings = Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "-1", "retention.bytes", "-1");
            admin.createTopics(Set.of(new NewTopic(name, PARTITIONS, (short) 1).configs(settings))).all().get();
        } catch (ExecutionException refused) {
            throw new BenchException("The topic " + name + " cannot be made: " + refused.getCause().getMessage());
        }
    }

    /// The packaged ingest, on a topic of its own, which it makes; serving.
    Service ingest(String topic, Optional<String> javaOptions) throws IOException {
        var settings = withBrokers(Map.of(
                "THROUGHLINE_ACCESS_FILE", access.access().toString(),
                "THROUGHLINE_VAULT_KEY_FILE", access.vaultKey().toString(),
                "THROUGHLINE_INGEST_LOG_TOPIC", topic,
                "THROUGHLINE_INGEST_LOG_DEFINITIONS", topic + "-definitions"));
        javaOptions.ifPresent(options -> settings.put("JAVA_TOOL_OPTIONS", options));
        return service("ingest", "touchpoint-ingest", settings);
    }

    /// The packaged projector, on a topic that is there and a database of its own.
    Service projector(String topic, Database own, Optional<String> javaOptions) throws IOException {
        var settings = withBrokers(Map.of(
                "DATABASE_URL", own.url(),
                "THROUGHLINE_ACCESS_FILE", access.access().toString(),
                "THROUGHLINE_SERVICE_TOKEN_FILE", access.serviceToken().toString(),
                "THROUGHLINE_PROJECTOR_TOPIC", topic,
                "THROUGHLINE_PROJECTOR_DEFINITIONS_TOPIC", topic + "-definitions",
                "THROUGHLINE_PROJECTOR_FINDINGS_TOPIC", topic + "-findings"));
        javaOptions.ifPresent(options -> settings.put("JAVA_TOOL_OPTIONS", options));
        return service("projector", "journey-projector", settings);
    }

    private Service service(String name, String module, Map<String, String> settings) throws IOException {
        var application = home.resolve(module).resolve("target/quarkus-app");
        if (!Files.exists(application.resolve("quarkus-run.jar"))) {
            throw new BenchException(application + " is missing. Build it: mvn -DskipTests package");
        }
        return new Service(name, application, scratch, log(name), Loopback.freePort(), Loopback.freePort(), settings);
    }

    /// Starts a process that ends with the rig at the latest.
    ServerProcess start(LocalServer server) throws IOException {
        var process = ServerProcess.start(server);
        open.push(process);
        return process;
    }

    /// As [#start], and waits until it serves.
    ServerProcess startAndAwait(LocalServer server) throws IOException, InterruptedException {
        return start(server).awaitReady(START_LIMIT);
    }

    void stop(ServerProcess process) {
        process.close();
        open.remove(process);
    }

    private void end() {
        for (var process = open.poll(); process != null; process = open.poll()) {
            process.close();
        }
    }

    @Override
    public void close() throws IOException {
        end();
        Runtime.getRuntime().removeShutdownHook(atExit);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        for (var made : List.of(SECRETS, LOG, TABLES)) {
            FileTree.delete(scratch.resolve(made));
        }
    }
}
