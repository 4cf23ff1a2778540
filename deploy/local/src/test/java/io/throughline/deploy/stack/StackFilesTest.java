package io.throughline.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.throughline.deploy.stack.StackStatus.Member;
import io.throughline.deploy.stack.StackStatus.Phase;
import io.throughline.deploy.stack.StackStatus.State;
import io.throughline.events.log.LogCredentials;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /// A copy of the folder carries the recorded numbers along.
    @Test
    void theServersOfAFolderWhoseNameBeginsAlikeAreLeftAlone() throws IOException {
        var other = new ProcessBuilder("bash", "-c", "while :; do sleep 1; done", "-Dthroughline.stack=" + folder.root() + "2", folder.root() + "2/server").start();
        try {
            record(other.pid());
            assertThat(Leftovers.running(folder)).isEmpty();
            assertThat(Leftovers.end(folder)).isEmpty();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a+b", "a\"b", "a$b", "a\\b", "a`b", "a\nb", "a[b]", "a?b"})
    void aPathThatAProgramOfOthersDoesNotTakeIsRefusedBeforeAnythingIsWritten(String name) {
        var odd = new StackFolder(root, root.resolve(name));
        assertThatThrownBy(odd::open).isInstanceOf(StackException.class).hasMessageContaining("--var DIR");
        assertThat(odd.root()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jürgen's, 100 % #1; (a&b) {y} ~!@=^ *<|>", "データ", "-rf"})
    void everyOtherPathIsOpened(String name) throws IOException {
        var odd = new StackFolder(root, root.resolve(name));
        odd.open();
        assertThat(odd.open()).as("open to others").isZero();
    }

    /// Kafka reads settings as ISO 8859-1 and divides paths at commas.
    @Test
    void theBrokerIsToldNoPathThatAUserChose() {
        var odd = root.resolve("jürgen, his var").resolve("kafka");
        var kafka = new LocalKafka(root, odd, root.resolve("log"), 1, 2, LogCredentials.local("user", "secret"));
        assertThat(kafka.settings()).isASCII().contains("\nlog.dirs=data\n");
        assertThat(kafka.command().directory()).isEqualTo(odd.toFile());
        assertThat(kafka.command().command()).contains("-Dthroughline.stack=" + odd.getParent());
    }

    /// After a power cut the number in the lock file may be any process's.
    @Test
    void theLockOfAServerThatIsGoneDoesNotHoldTheNextBack() throws IOException {
        var postgres = new LocalPostgres(root, root.resolve("log"), 1, "secret");
        assertThat(postgres.command().environment()).doesNotContainKey("PG_GRANDPARENT_PID");
        Files.writeString(Files.createDirectory(root.resolve("data")).resolve("postmaster.pid"), "4711\n" + root + "/data\n");
        assertThat(postgres.command().environment()).containsEntry("PG_GRANDPARENT_PID", "4711");
        assertThat(postgres.ready()).isFalse();
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
        new StackStatus(Phase.READY, 1, Instant.EPOCH, "", null, List.of(new Member("server", State.READY, pid, 0, null, Instant.EPOCH, 0))).write(folder);
    }
}
