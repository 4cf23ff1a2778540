package io.throughline.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.throughline.deploy.stack.StackStatus.Member;
import io.throughline.deploy.stack.StackStatus.Phase;
import io.throughline.deploy.stack.StackStatus.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFilesTest {
    @TempDir
    Path root;

    private StackFolder folder;

    @BeforeEach
    void choose() {
        folder = new StackFolder(root, root.resolve("var"));
    }

    @Test
    void portsAreKeptFromStartToStart() throws IOException {
        assertThat(Ports.claim(folder)).isEqualTo(Ports.claim(folder));
    }

    @Test
    void aPortTakenMeanwhileIsReplaced() throws IOException {
        var ports = Ports.claim(folder);
        try (var stranger = new ServerSocket(ports.kafka(), 1, InetAddress.getByName(Loopback.HOST))) {
            var next = Ports.claim(folder);
            assertThat(next.kafka()).isNotEqualTo(stranger.getLocalPort());
            assertThat(next.postgres()).isEqualTo(ports.postgres());
        }
    }

    @Test
    void aFolderHasOneSupervisor() throws IOException {
        try (var mine = StackLock.take(folder).orElseThrow()) {
            assertThat(mine).isNotNull();
            assertThat(StackLock.take(folder)).isEmpty();
            assertThat(StackLock.held(folder)).isTrue();
        }
        assertThat(StackLock.held(folder)).isFalse();
    }

    @Test
    void whatADeadSupervisorLeftRunningIsEnded() throws IOException {
        var orphan = new ProcessBuilder("bash", "-c", "while :; do sleep 1; done", folder.root() + "/server").start();
        record(orphan.pid());
        assertThat(Leftovers.end(folder)).containsExactly("server");
        await().atMost(Duration.ofSeconds(120)).until(() -> !orphan.isAlive());
    }

    /// After a reboot the recorded number may belong to anybody.
    @Test
    void aStrangerWithARecordedNumberIsLeftAlone() throws IOException {
        var stranger = new ProcessBuilder("sleep", "600").start();
        try {
            record(stranger.pid());
            assertThat(Leftovers.end(folder)).isEmpty();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void aLargeLogIsSetAsideAndWrittenOn() throws IOException {
        var log = root.resolve("a.log");
        Files.writeString(log, "x".repeat(11_000_000));
        LogFile.rotate(log);
        assertThat(log).isEmptyFile();
        assertThat(root.resolve("a.log.1")).hasSize(11_000_000);
    }

    @Test
    void theEndOfALogIsItsLastLines() throws IOException {
        var log = root.resolve("a.log");
        Files.writeString(log, "one\ntwo\nthree\n");
        assertThat(LogFile.tail(log, 2).lines()).containsExactly("two", "three");
        assertThat(LogFile.tail(root.resolve("none"), 2)).isEmpty();
    }

    private void record(long pid) throws IOException {
        new StackStatus(Phase.READY, 1, Instant.EPOCH, "", null, List.of(new Member("server", State.READY, pid, 0, Instant.EPOCH, 0))).write(folder);
    }
}
