package io.throughline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoopTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Loop loop = new Loop();

    static Stream<BiConsumer<Loop, Duration>> waysToRest() {
        return Stream.of(Loop::rest, Loop::pause);
    }

    /// Told while it rests, however it rests.
    @ParameterizedTest
    @MethodSource("waysToRest")
    void anEndIsNeverForgotten(BiConsumer<Loop, Duration> rest) throws InterruptedException {
        var thread = resting(rest);
        loop.end();
        assertEnds(thread);
    }

    @ParameterizedTest
    @MethodSource("waysToRest")
    void anInterruptEndsIt(BiConsumer<Loop, Duration> rest) throws InterruptedException {
        var thread = resting(rest);
        thread.interrupt();
        assertEnds(thread);
    }

    @Test
    void oneThatHasEndedDoesNotRest() {
        loop.end();
        loop.rest(LONG);
        loop.rest(LONG);
        loop.pause(LONG);
        assertThat(loop.ended()).isTrue();
    }

    @Test
    void beingWokenEndsARestAndNoPause() throws InterruptedException {
        var rested = new CountDownLatch(1);
        var thread = Thread.ofVirtual().start(() -> {
            loop.rest(LONG);
            rested.countDown();
            loop.pause(LONG);
        });
        loop.wake();
        rested.await();
        awaitResting(thread);
        loop.wake();
        assertThat(thread.isAlive()).isTrue();
        loop.end();
        assertEnds(thread);
    }

    /// Goes round until it is ended, and rests now.
    private Thread resting(BiConsumer<Loop, Duration> rest) {
        var thread = Thread.ofPlatform().daemon().start(() -> {
            while (!loop.ended()) {
                rest.accept(loop, LONG);
            }
        });
        awaitResting(thread);
        return thread;
    }

    private void assertEnds(Thread thread) throws InterruptedException {
        assertThat(thread.join(PATIENCE)).isTrue();
        assertThat(loop.ended()).isTrue();
    }

    private static void awaitResting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
