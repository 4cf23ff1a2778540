package io.throughline.deploy.stack;

import static java.util.stream.Collectors.joining;

import io.throughline.deploy.access.SecretFile;
import io.throughline.events.log.LogCredentials;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// Apache Kafka as one process, broker and controller (KRaft), on loopback.
///
/// @param home the folder of the module `deploy/broker`, built
/// @param data where it keeps its log; formatted on first start
/// @param port for clients
/// @param controllerPort for itself
/// @param credentials that it asks for on both ports; made part of its data when those are formatted
public record LocalKafka(Path home, Path data, Path log, int port, int controllerPort, LogCredentials credentials) implements LocalServer {
    /// How a broker of ours behaves, wherever it runs. One that was killed may register anew only when its session has ended, so the session is short.
    public static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("num.partitions", "6"),
            Map.entry("default.replication.factor", "1"),
            Map.entry("min.insync.replicas", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("group.min.session.timeout.ms", "1000"),
            Map.entry("broker.session.timeout.ms", "4000"),
            Map.entry("broker.heartbeat.interval.ms", "500"),
            Map.entry("log.retention.ms", "-1"),
            // A batch of ours has 1 MiB at most, and so has a request of our producers.
            Map.entry("message.max.bytes", "1048588"),
            Map.entry("socket.request.max.bytes", "16777216"),
            Map.entry("queued.max.request.bytes", "67108864"),
            // A writer that leaves a transaction open holds back all who read only what is committed.
            Map.entry("transaction.max.timeout.ms", "60000"),
            Map.entry("max.connections.per.ip", "2000"));
    private static final int PROBE_MILLIS = 1_000;
    /// Both in [#data].
    private static final String SETTINGS_FILE = "server.properties";
    private static final String LOG_FOLDER = "data";

    @Override
    public String name() {
        return "kafka";
    }

    /// For `KAFKA_BOOTSTRAP_SERVERS`.
    public String bootstrapServers() {
        return Loopback.HOST + ":" + port;
    }

    @Override
    public void prepare() throws IOException {
        OwnerOnly.folder(data);
        SecretFile.write(data.resolve(SETTINGS_FILE), settings());
        if (!Files.exists(data.resolve(LOG_FOLDER).resolve("meta.properties"))) {
            format();
        }
    }

    /// The password goes by a file of arguments: all accounts may read a command line. What the tool says goes to a file, too, which is
    /// kept only when it fails: it tells by what the password is checked.
    private void format() throws IOException {
        var arguments = SecretFile.write(data.resolve("format.arguments"), formatArguments(Path.of(SETTINGS_FILE), credentials));
        var words = data.resolve("format.log");
        try {
            // Over in a second or two: compiled quickly rather than well.
            Tool.run(java("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "@" + arguments.getFileName()), words);
        } finally {
            Files.delete(arguments);
        }
        Files.delete(words);
    }

    /// What formats the data of a new broker, as a file of arguments for `java`.
    ///
    /// @param settings file of the broker's settings
    public static String formatArguments(Path settings, LogCredentials credentials) {
        var user = "%s=[name=%s,password=%s]".formatted(credentials.mechanism(), credentials.username(), credentials.password());
        return """
                kafka.tools.StorageTool format --ignore-formatted --cluster-id=%s --config "%s" --add-scram "%s"
                """.formatted(clusterId(), settings, user);
    }

    @Override
    public ProcessBuilder command() {
        return java("-Xmx384m", "kafka.Kafka", SETTINGS_FILE);
    }

    /// It runs in its folder, and finds its files from there: Kafka reads settings as ISO 8859-1 and splits paths at commas, so it is told none that a
    /// user chose. `log4j2.xml` is found on the class path.
    private ProcessBuilder java(String heap, String... words) {
        var options = List.of("-Dthroughline.stack=" + data.getParent(), "-cp", home + ":" + home.resolve("target/lib") + "/*");
        return new ProcessBuilder(Jvm.command(heap, options, words)).directory(data.toFile());
    }

    /// Whether the broker answers a request for its API versions (KIP-35: key 18, version 0), which it does before it asks for a
    /// password. It opens its port to clients only when it has joined the cluster, so an answer means that it serves.
    @Override
    public boolean ready() {
        var request = ByteBuffer.allocate(14).putInt(10).putShort((short) 18).putShort((short) 0).putInt(1).putShort((short) -1);
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(Loopback.HOST, port), PROBE_MILLIS);
            socket.setSoTimeout(PROBE_MILLIS);
            socket.getOutputStream().write(request.array());
            var answer = new DataInputStream(socket.getInputStream());
            return answer.readInt() > 0 && answer.readInt() == 1 && answer.readShort() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    String settings() {
        return settings(Loopback.HOST, port, controllerPort, Path.of(LOG_FOLDER), credentials);
    }

    /// The settings of a broker that is its own controller; they hold the password.
    ///
    /// @param host under which clients reach it, and at which it listens; the controller listens on loopback
    /// @param logs folder of its log
    public static String settings(String host, int port, int controllerPort, Path logs, LogCredentials credentials) {
        var here = String.format(Locale.ROOT, """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@%9$s:%3$d
                listeners=CLIENTS://%1$s:%2$d,CONTROLLER://%9$s:%3$d
                advertised.listeners=CLIENTS://%1$s:%2$d
                listener.security.protocol.map=CLIENTS:%5$s,CONTROLLER:%5$s
                sasl.enabled.mechanisms=%6$s
                sasl.mechanism.inter.broker.protocol=%6$s
                sasl.mechanism.controller.protocol=%6$s
                listener.name.clients.%7$s.sasl.jaas.config=%8$s
                listener.name.controller.%7$s.sasl.jaas.config=%8$s
                inter.broker.listener.name=CLIENTS
                controller.listener.names=CONTROLLER
                log.dirs=%4$s
                """, host, port, controllerPort, logs, credentials.protocol(), credentials.mechanism(),
                credentials.mechanism().toLowerCase(Locale.ROOT), credentials.jaasConfig(), Loopback.HOST);
        return SETTINGS.entrySet().stream().map(Object::toString).sorted().collect(joining("\n", here, "\n"));
    }

    private static String clusterId() {
        var id = UUID.randomUUID();
        var bytes = ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
