package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.deploy.stack.Loopback;
import io.throughline.deploy.stack.StackFolder;
import io.throughline.deploy.stack.StackLock;
import io.throughline.deploy.stack.StackStatus;
import io.throughline.events.json.EventJson;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// The launcher itself where everything is unlike the developer's machine, all at once: no locale, Java's language Arabic, a time zone that PostgreSQL does
/// not know, an odd folder, a link to the launcher, an ordinary account where the tests run as root. Two starts serve all of it, in order.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OddMachineTest {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String CUSTOMER = "customer:rep-Zoë";
    private static final Map<String, String> ODD = Map.of("LC_ALL", "POSIX", "TZ", "JST", "THROUGHLINE_NO_BUILD", "1",
            "JAVA_TOOL_OPTIONS", "-Duser.language=ar -Duser.country=EG", "JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1",
            "THROUGHLINE_JAVA_HOME", System.getProperty("java.home"));

    /// Which has one name on Debian and another on Fedora.
    private static final int NOBODYS_GROUP = 65_534;

    private static Path scratch;
    private static Path launcher;
    private static Path folder;
    private static boolean asOrdinaryUser;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        scratch = Project.scratch("odd-machine");
        launcher = Files.createSymbolicLink(scratch.resolve("link"), Project.HOME.resolve("throughline"));
        asOrdinaryUser = isRoot() && ordinaryUserReads(launcher);
        if (asOrdinaryUser) {
            Files.setOwner(scratch, scratch.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        }
        folder = scratch.resolve("jürgen's, 100 % #1; (a&b) {y} ~!@=^ *<|>");
        port = Loopback.freePort();
        Phase.begins(OddMachineTest.class, "starts a stack on an odd machine%s", asOrdinaryUser ? ", as nobody" : "");
        run("up", "--port", Integer.toString(port)).exits(0);
    }

    @AfterAll
    static void end() throws Exception {
        run("down").exits(0);
    }

    @Test
    @Order(1)
    void whatIsTypedArrivesAsTyped() throws Exception {
        var file = scratch.resolve("Übung.ndjson");
        Files.writeString(file, Events.event("/channels/web", "é", "profile-viewed.v1", CUSTOMER, Instant.parse("2026-03-02T09:00:00Z")) + "\n");
        assertThat(run("import", file.toString()).exits(0).out()).contains("1 lines: 1 accepted");
        await().atMost(LIMIT).until(() -> run("receipt", "/channels/web", "é").out().contains("projected"));
        assertThat(run("journey", CUSTOMER).exits(0).out()).contains(CUSTOMER + ": 1 touchpoint", "2026-03-02 18:00:00");
    }

    @Test
    @Order(2)
    void allThatIsKeptLiesInTheFolder() throws IOException {
        assertThat(folder.resolve("kafka/data/touchpoints-0")).isDirectory();
        try (var beside = Files.list(scratch)) {
            assertThat(beside.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("link", "Übung.ndjson", folder.getFileName().toString());
        }
    }

    @Test
    @Order(3)
    void aServerThatIsStartedAgainIsNotSaidToBeReady() throws Exception {
        kill(member("projector"));
        await().atMost(LIMIT).until(() -> StackStatus.read(stack()).orElseThrow().phase() == StackStatus.Phase.DEGRADED);
        var status = run("status", "--json").exits(1);
        assertThat(json(status).path("stack").path("phase").asText()).isEqualTo("DEGRADED");
        assertThat(run("up", "--port", Integer.toString(port == 19_999 ? 19_998 : 19_999)).exits(3).err()).contains("stays there", "./throughline down");
    }

    /// A power cut, a disk that is mounted elsewhere, and a number that is another process's by now.
    @Test
    @Order(4)
    void aFolderThatWasMovedAfterACrashIsTakenUpAgain() throws Exception {
        var status = StackStatus.read(stack()).orElseThrow();
        kill(status.pid());
        status.members().forEach(member -> kill(member.pid()));
        await().atMost(LIMIT).until(() -> status.members().stream().noneMatch(member -> ProcessHandle.of(member.pid()).isPresent()));
        var lock = folder.resolve("postgres/data/postmaster.pid");
        assertThat(lock).exists();
        var lines = Files.readAllLines(lock);
        var stranger = new ProcessBuilder(as(List.of("sleep", "1200"))).start();
        try {
            lines.set(0, Long.toString(stranger.pid()));
            Files.write(lock, lines);
            folder = Files.move(folder, scratch.resolve("moved ü"));
            Phase.begins(OddMachineTest.class, "starts it again where it was moved to");
            assertThat(run("up").exits(0).out()).contains("http://localhost:" + port);
            assertThat(run("journey", CUSTOMER).exits(0).out()).contains("1 touchpoint");
        } finally {
            stranger.destroyForcibly();
        }
    }

    /// Before this a new, empty database took the place of the one that was gone.
    @Test
    @Order(5)
    void aStackWhoseFolderIsGoneStopsAndSaysSo() throws Exception {
        var gone = scratch.resolve("gone");
        Files.move(folder, gone);
        await().atMost(LIMIT).until(() -> !StackLock.held(new StackFolder(Project.HOME, gone)) && Files.exists(folder.resolve("run/status.json")));
        assertThat(run("status").exits(1).out()).contains("was removed or moved while the stack ran", "./throughline up");
        assertThat(folder.resolve("postgres")).doesNotExist();
    }

    private static StackFolder stack() {
        return new StackFolder(Project.HOME, folder);
    }

    private static long member(String name) throws IOException {
        return StackStatus.read(stack()).orElseThrow().members().stream().filter(member -> member.name().equals(name)).findFirst().orElseThrow().pid();
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    private static JsonNode json(CommandLine.Result result) throws IOException {
        return EventJson.mapper().readTree(result.out());
    }

    private static CommandLine.Result run(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("--var", folder.toString()));
        var out = File.createTempFile("throughline", ".out");
        var err = File.createTempFile("throughline", ".err");
        try {
            var builder = new ProcessBuilder(as(command)).redirectOutput(out).redirectError(err);
            builder.environment().keySet().removeIf(name -> name.startsWith("THROUGHLINE_") && !name.equals("THROUGHLINE_PORT_SHARE"));
            builder.environment().putAll(ODD);
            var process = builder.start();
            process.getOutputStream().close();
            assertThat(process.waitFor(2 * LIMIT.toSeconds(), TimeUnit.SECONDS)).as("%s ends", command).isTrue();
            return new CommandLine.Result(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
        } finally {
            Files.delete(out.toPath());
            Files.delete(err.toPath());
        }
    }

    private static List<String> as(List<String> command) {
        var words = new ArrayList<String>();
        if (asOrdinaryUser) {
            words.addAll(List.of("setpriv", "--reuid=nobody", "--regid=" + NOBODYS_GROUP, "--clear-groups"));
        }
        words.addAll(command);
        return words;
    }

    private static boolean isRoot() {
        return ProcessHandle.current().info().user().orElse("").equals("root");
    }

    /// The checkout may lie where only root looks.
    private static boolean ordinaryUserReads(Path file) throws InterruptedException {
        try {
            return new ProcessBuilder("setpriv", "--reuid=nobody", "--regid=" + NOBODYS_GROUP, "--clear-groups", "head", "-c", "1", file.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
