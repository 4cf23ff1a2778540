package io.throughline.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.throughline.deploy.stack.StackStatus.Member;
import io.throughline.deploy.stack.StackStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class SupervisedTest {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final List<Member> told = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @Test
    void aKilledProcessIsStartedAgain() {
        try (var child = supervise("touch " + ready() + "; exec sleep 600")) {
            child.start().join();
            var first = now().pid();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            await().atMost(LIMIT).until(() -> now().state() == State.READY && now().pid() != first);
            assertThat(now().restarts()).isEqualTo(1);
        }
        assertThat(now().state()).isEqualTo(State.STOPPED);
        assertThat(ProcessHandle.of(now().pid())).isEmpty();
    }

    @Test
    void aProcessThatDiesAtStartIsReportedWithTheEndOfItsLog() {
        try (var child = supervise("echo 'the disk is full'; exit 7")) {
            var start = child.start();
            assertThatThrownBy(start::join).isInstanceOf(CompletionException.class).cause().isInstanceOf(StackException.class)
                    .hasMessageContaining("ended at start with code 7").hasMessageContaining("the disk is full");
        }
    }

    @Test
    void whatAProcessSaysAndWritesIsItsOwnersAlone() throws IOException {
        try (var child = supervise("echo said; touch " + ready() + "; exec sleep 600")) {
            child.start().join();
            for (var file : List.of(ready(), folder.resolve("log"))) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aProcessThatNeverServesIsEnded() {
        try (var child = supervise("exec sleep 600", Duration.ofMillis(300))) {
            assertThatThrownBy(child.start()::join).cause().hasMessageContaining("does not serve");
            var pid = now().pid();
            await().atMost(LIMIT).until(() -> ProcessHandle.of(pid).isEmpty());
        }
    }

    /// A process that ignores the signal to end is killed when its time is up.
    @Test
    void aStubbornProcessIsKilled() {
        var child = supervise("trap '' TERM; touch " + ready() + "; while :; do sleep 0.1; done");
        child.start().join();
        var pid = now().pid();
        child.close();
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @Test
    void pausesGrowAndShrinkBackAfterALongLife() {
        var backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofMinutes(1));
        assertThat(List.of(backoff.next(Duration.ZERO), backoff.next(Duration.ZERO), backoff.next(Duration.ZERO), backoff.next(Duration.ZERO),
                backoff.next(Duration.ofMinutes(2)))).extracting(Duration::toMillis).containsExactly(250L, 500L, 1000L, 1000L, 250L);
    }

    private Supervised supervise(String script) {
        return supervise(script, LIMIT);
    }

    private Supervised supervise(String script, Duration startLimit) {
        return new Supervised(new Script(script, ready(), folder.resolve("log")),
                new Backoff(Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofMinutes(1)), startLimit, told::add);
    }

    private Path ready() {
        return folder.resolve("ready");
    }

    private Member now() {
        return told.getLast();
    }

    /// A shell script that serves when it has made a file.
    private record Script(String text, Path readyFile, Path log) implements LocalServer {
        @Override
        public String name() {
            return "script";
        }

        @Override
        public int port() {
            return 0;
        }

        @Override
        public void prepare() throws IOException {
            Files.deleteIfExists(readyFile);
        }

        @Override
        public ProcessBuilder command() {
            return new ProcessBuilder("bash", "-c", text);
        }

        @Override
        public boolean ready() {
            return Files.exists(readyFile);
        }

        @Override
        public Duration stopLimit() {
            return Duration.ofSeconds(1);
        }
    }
}
