package io.throughline.deploy.stack;

import com.sun.management.OperatingSystemMXBean;
import io.throughline.deploy.access.SecretFile;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// PostgreSQL on loopback, with the database `throughline`; asks for a password, commits durably.
///
/// PostgreSQL refuses to run as root; there it runs in a user namespace of its own, where it is not.
///
/// @param folder where its programs and its data lie; made on first start
/// @param password of its one user, `throughline`
public record LocalPostgres(Path folder, Path log, int port, String password) implements LocalServer {
    static final String SERVER = "postgres";
    /// Fast: does not wait for clients to go, and still ends with a checkpoint.
    static final String STOP = "INT";
    private static final String NAME = "throughline";
    private static final int PROTOCOL_3_0 = 3 << 16;
    private static final int PROBE_MILLIS = 1_000;
    /// Of its lock file: how far it has got is its eighth line.
    private static final int STATUS_LINE = 7;
    /// An eighth of the machine's memory, within bounds: journeys are scattered over the table of events, and to read one means many pages.
    private static final long BUFFERS_MIB = Math.clamp(memoryMib() / 8, 128, 2_048);
    /// How a database server of ours behaves, wherever it runs.
    public static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("synchronous_commit", "on"),
            Map.entry("shared_buffers", BUFFERS_MIB + "MB"),
            Map.entry("effective_cache_size", 3 * BUFFERS_MIB + "MB"),
            Map.entry("work_mem", "16MB"),
            Map.entry("maintenance_work_mem", "128MB"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("random_page_cost", "1.1"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("log_destination", "stderr"));

    @Override
    public String name() {
        return SERVER;
    }

    /// With the password, for a client that takes it in one piece.
    public String databaseUrl() {
        return "postgresql://" + NAME + ":" + password + "@" + Loopback.HOST + ":" + port + "/" + NAME;
    }

    /// For `DATABASE_URL` beside `DATABASE_PASSWORD_FILE`.
    String databaseUrlWithoutPassword() {
        return "postgresql://%s@%s:%d/%s".formatted(NAME, Loopback.HOST, port, NAME);
    }

    @Override
    public void prepare() throws IOException {
        OwnerOnly.folder(folder);
        PostgresBinaries.unpack(programs());
        if (!Files.exists(data())) {
            createCluster();
        }
    }

    /// Creates data folder, user and database aside and moves them into place last: an interrupted first
    /// start leaves nothing half made.
    private void createCluster() throws IOException {
        var unfinished = folder.resolve("data.unfinished");
        FileTree.delete(unfinished);
        var passwordFile = SecretFile.write(folder.resolve("initial-password"), password);
        // What the tools say is kept only when they fail: the log is the server's.
        var words = folder.resolve("initdb.log");
        Files.deleteIfExists(words);
        try {
            Tool.run(program("initdb", "--pgdata", unfinished.toString(), "--username", NAME, "--auth", "scram-sha-256",
                    "--pwfile", passwordFile.toString(), "--encoding", "UTF8", "--locale", "C",
                    "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--no-instructions"), words);
        } finally {
            Files.delete(passwordFile);
        }
        Tool.run(program("postgres", "--single", "-D", unfinished.toString(), "postgres"), "CREATE DATABASE " + NAME + "\n", words);
        Files.delete(words);
        Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public ProcessBuilder command() {
        var words = new ArrayList<>(List.of("-D", data().toString(), "-p", Integer.toString(port), "-h", Loopback.HOST, "-k", ""));
        SETTINGS.forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
        var program = program("postgres", words.toArray(String[]::new));
        passOverStaleLock(program);
        return program;
    }

    /// Whoever starts it holds the folder's lock and has ended what an earlier supervisor left, so the process in a lock file is no server of these data,
    /// whatever has its number now. PostgreSQL passes over that of the process which started the one that starts it. It still
    /// refuses data that a server has in shared memory.
    private void passOverStaleLock(ProcessBuilder program) {
        try {
            lockFile().findFirst().ifPresent(pid -> program.environment().put("PG_GRANDPARENT_PID", pid.strip()));
        } catch (IOException _) {
            // The server reads the file, too, and says what is wrong with it.
        }
    }

    private ProcessBuilder program(String name, String... arguments) {
        var words = new ArrayList<String>();
        if (LinuxUtils.isUnshareAvailable()) {
            words.addAll(List.of("unshare", "-U"));
        }
        words.add(programs().resolve("bin").resolve(name).toString());
        words.addAll(List.of(arguments));
        var builder = new ProcessBuilder(words);
        // The log is for people anywhere; the machine's language must not decide what it says.
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /// Whether the server takes connections: it says so in its lock file, and asks who comes for a password (SCRAM, message `R`) rather than refuse.
    /// So a start leaves no refused connection in its log, and nothing here depends on a driver, which would tell the server the user's time zone.
    @Override
    public boolean ready() {
        try {
            return lockFile().skip(STATUS_LINE).map(String::strip).findFirst().orElse("").equals("ready") && asksForPassword();
        } catch (IOException _) {
            return false;
        }
    }

    private boolean asksForPassword() throws IOException {
        var names = ("user\0" + NAME + "\0database\0" + NAME + "\0\0").getBytes(StandardCharsets.US_ASCII);
        var request = ByteBuffer.allocate(8 + names.length).putInt(8 + names.length).putInt(PROTOCOL_3_0).put(names);
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(Loopback.HOST, port), PROBE_MILLIS);
            socket.setSoTimeout(PROBE_MILLIS);
            socket.getOutputStream().write(request.array());
            return socket.getInputStream().read() == 'R';
        }
    }

    /// The lines of the file that a running server keeps in its data, and that one which was killed has left.
    private Stream<String> lockFile() throws IOException {
        var file = data().resolve("postmaster.pid");
        return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream() : Stream.empty();
    }

    @Override
    public String stopSignal() {
        return STOP;
    }

    private static long memoryMib() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine ? machine.getTotalMemorySize() >> 20 : 0;
    }

    private Path programs() {
        return folder.resolve("programs");
    }

    private Path data() {
        return folder.resolve("data");
    }
}
