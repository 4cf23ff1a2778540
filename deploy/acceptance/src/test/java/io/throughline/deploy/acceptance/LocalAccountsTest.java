package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.events.log.Brokers;
import io.throughline.events.log.LogCredentials;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What another account of the machine gets to see of a stack that runs there, and gets to do with it past all tokens: nothing.
class LocalAccountsTest {
    private static final TopicPartition TOUCHPOINTS = new TopicPartition("touchpoints", 0);
    private static final int PATIENCE_MILLIS = 3_000;

    private static Stack stack;
    private static LogCredentials ours;

    /// How a stranger comes to the broker, and what it learns.
    private enum Stranger {
        /// The broker closes the connection of a client that does not begin with its name; the client tries until its time is up.
        WITHOUT_A_PASSWORD(TimeoutException.class) {
            @Override
            Optional<LogCredentials> credentials() {
                return Optional.empty();
            }
        },
        WITH_A_WRONG_PASSWORD(SaslAuthenticationException.class) {
            @Override
            Optional<LogCredentials> credentials() {
                return Optional.of(LogCredentials.local(ours.username(), ours.password().toLowerCase(Locale.ROOT)));
            }
        },
        WITH_ANOTHER_NAME(SaslAuthenticationException.class) {
            @Override
            Optional<LogCredentials> credentials() {
                return Optional.of(LogCredentials.local("admin", ours.password()));
            }
        };

        private final Class<? extends Exception> refusal;

        Stranger(Class<? extends Exception> refusal) {
            this.refusal = refusal;
        }

        abstract Optional<LogCredentials> credentials();
    }

    @AfterAll
    static void end() {
        stack.close();
    }

    @BeforeAll
    static void start() throws IOException {
        stack = Stack.whole("local-accounts", Stack.SHORT_LIVED);
        ours = LogCredentials.read(stack.folder().access().logCredentials());
    }

    @Test
    void nothingInTheFolderIsOpenToOthers() throws IOException {
        stack.source("/channels/web").post(Events.event("/channels/web", "e-1", "page-viewed.v1", "customer:1", Instant.now())).with(202);
        stack.settled();
        try (var paths = Files.walk(stack.folder().root())) {
            var all = paths.filter(path -> !Files.isSymbolicLink(path)).toList();
            assertThat(all).as("log segments, tables, logs, programs").hasSizeGreaterThan(500)
                    .anyMatch(path -> path.toString().endsWith("touchpoints-0/00000000000000000000.log"))
                    .anyMatch(path -> path.endsWith("postgres/data/PG_VERSION")).anyMatch(path -> path.endsWith("logs/projector.log"));
            assertThat(all).allSatisfy(path -> assertThat(mode(path)).endsWith("------"));
        }
    }

    @Test
    void noSecretIsInALogOrOnACommandLine() throws IOException {
        var access = stack.folder().access();
        var secrets = List.of(ours.password(), access.password(), Files.readString(access.serviceToken()),
                Files.readString(access.vaultKey()));
        try (var logs = Files.list(stack.folder().log("kafka").getParent())) {
            assertThat(logs.toList()).hasSizeGreaterThan(4).allSatisfy(log -> assertThat(Files.readString(log)).doesNotContain(secrets));
        }
        assertThat(ProcessHandle.allProcesses().flatMap(process -> process.info().commandLine().stream()))
                .anySatisfy(line -> assertThat(line).contains("kafka.Kafka").contains(stack.folder().root().toString()))
                .allSatisfy(line -> assertThat(line).doesNotContain(secrets));
        try (var files = Files.walk(stack.folder().root().resolve("kafka"), 1)) {
            assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString())).containsExactly("server.properties");
        }
    }

    @Test
    void theDatabaseAsksEverybodyForAPassword() throws IOException {
        assertThat(Files.readAllLines(stack.folder().root().resolve("postgres/data/pg_hba.conf")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))).isNotEmpty().allMatch(line -> line.endsWith("scram-sha-256"));
    }

    @ParameterizedTest
    @EnumSource
    void aStrangerNeitherListsNorReadsNorWrites(Stranger stranger) throws IOException {
        var settings = clients(stranger.credentials());
        try (var admin = Admin.create(settings)) {
            refuses(stranger, () -> admin.listTopics().names().get());
        }
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(TOUCHPOINTS));
            refuses(stranger, () -> consumer.beginningOffsets(List.of(TOUCHPOINTS)));
        }
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            refuses(stranger, () -> producer.send(new ProducerRecord<>(TOUCHPOINTS.topic(), 0, "key", "value")).get());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStrangerIsRefusedByTheControllerToo(Stranger stranger) throws IOException {
        try (var admin = Admin.create(controller(stranger.credentials()))) {
            refuses(stranger, () -> admin.describeMetadataQuorum().quorumInfo().get());
        }
    }

    /// Otherwise the two tests above would pass with a broker that refuses every client.
    @Test
    void whoHasThePasswordIsServedOnBothPorts() throws Exception {
        try (var admin = Admin.create(clients(Optional.of(ours)))) {
            assertThat(admin.listTopics().names().get()).contains("touchpoints", "definitions", "findings");
        }
        try (var consumer = new KafkaConsumer<>(clients(Optional.of(ours)), new StringDeserializer(), new StringDeserializer())) {
            assertThat(consumer.beginningOffsets(List.of(TOUCHPOINTS))).containsEntry(TOUCHPOINTS, 0L);
        }
        try (var producer = new KafkaProducer<>(clients(Optional.of(ours)), new StringSerializer(), new StringSerializer());
                var admin = Admin.create(clients(Optional.of(ours)))) {
            admin.createTopics(List.of(new NewTopic("local-accounts", 1, (short) 1))).all().get();
            assertThat(producer.send(new ProducerRecord<>("local-accounts", "key", "value")).get().offset()).isZero();
        }
        try (var admin = Admin.create(controller(Optional.of(ours)))) {
            assertThat(admin.describeMetadataQuorum().quorumInfo().get().leaderId()).isEqualTo(1);
        }
    }

    private static void refuses(Stranger stranger, ThrowingCallable wish) {
        assertThatThrownBy(wish).as("%s", stranger).satisfiesAnyOf(
                failure -> assertThat(failure).isInstanceOf(stranger.refusal),
                failure -> assertThat(failure).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(stranger.refusal));
    }

    private static Map<String, Object> clients(Optional<LogCredentials> credentials) {
        return new Brokers(stack.broker().bootstrapServers(), credentials).client(Map.of(
                "default.api.timeout.ms", PATIENCE_MILLIS, "request.timeout.ms", PATIENCE_MILLIS, "max.block.ms", PATIENCE_MILLIS,
                "delivery.timeout.ms", PATIENCE_MILLIS, "linger.ms", 0));
    }

    private static Map<String, Object> controller(Optional<LogCredentials> credentials) throws IOException {
        var settings = new HashMap<>(clients(credentials));
        settings.remove("bootstrap.servers");
        var broker = new Properties();
        broker.load(new StringReader(Files.readString(stack.folder().root().resolve("kafka/server.properties"), StandardCharsets.UTF_8)));
        settings.put("bootstrap.controllers", broker.getProperty("controller.quorum.voters").replace("1@", ""));
        return settings;
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
