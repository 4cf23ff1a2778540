package io.throughline.journey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import io.throughline.journey.http.Permits.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Many ask for the same kind of work; none of them keeps the others from it.
class PermitsTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    private final BlockingTurns turns = new BlockingTurns();

    /// Who was let in, in that order.
    private static final class BlockingTurns {
        private final LinkedBlockingQueue<String> order = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<Permit> permits = new LinkedBlockingQueue<>();

        void ask(Permits from, String caller) {
            int before = from.waiting();
            Thread.ofVirtual().start(() -> {
                var permit = from.take(caller);
                order.add(caller);
                permits.add(permit);
            });
            while (from.waiting() == before) {
                Thread.onSpinWait();
            }
        }

        String next() throws InterruptedException {
            var caller = order.poll(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(caller).as("the next to be let in").isNotNull();
            return caller;
        }
    }

    @Test
    void oneCallerHasAtMostHalfOfThem() {
        var permits = new Permits("reads", 4, 0, Duration.ZERO);
        permits.take("greedy");
        permits.take("greedy");
        assertBusy(permits, "greedy");
        permits.take("other");
        permits.take("another");
        assertBusy(permits, "a third");
    }

    @Test
    void ofThoseWhoWaitTheOneWhoHoldsFewestIsNext() throws Exception {
        var permits = new Permits("reads", 4, 10, LONG);
        var first = permits.take("greedy");
        permits.take("greedy");
        var second = permits.take("busy");
        permits.take("busy");
        turns.ask(permits, "greedy");
        turns.ask(permits, "greedy");
        turns.ask(permits, "modest");
        first.release();
        assertThat(turns.next()).as("came last, and holds none").isEqualTo("modest");
        second.release();
        assertThat(turns.next()).isEqualTo("greedy");
    }

    @Test
    void ofEqualsTheOneWhoWaitedLongestIsNext() throws Exception {
        var permits = new Permits("reads", 1, 10, LONG);
        var held = permits.take("holder");
        for (var caller : List.of("one", "two", "three")) {
            turns.ask(permits, caller);
        }
        held.release();
        assertThat(turns.next()).isEqualTo("one");
        turns.permits.take().release();
        assertThat(turns.next()).isEqualTo("two");
        turns.permits.take().release();
        assertThat(turns.next()).isEqualTo("three");
    }

    @Test
    void whoFindsNoPlaceToWaitIsRefusedAtOnce() {
        var permits = new Permits("reads", 2, 4, LONG);
        permits.take("greedy");
        permits.take("other");
        turns.ask(permits, "greedy");
        turns.ask(permits, "greedy");
        assertBusy(permits, "greedy");
        turns.ask(permits, "other");
        turns.ask(permits, "third");
        assertBusy(permits, "fourth");
    }

    @Test
    void whoWaitsForTooLongLeavesNothingBehind() {
        var permits = new Permits("reads", 2, 4, Duration.ofMillis(1));
        var held = permits.take("one");
        assertBusy(permits, "one");
        assertThat(permits.waiting()).isZero();
        held.release();
        permits.take("one").release();
    }

    @Test
    void noMoreThanThereArePermitsWorkAtATimeAndAllAreServed() throws Exception {
        var permits = new Permits("reads", 3, 1_000, LONG);
        var working = new AtomicInteger();
        var most = new AtomicInteger();
        var ready = new CountDownLatch(1);
        var work = new ArrayList<CompletableFuture<Void>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 400).forEach(i -> work.add(CompletableFuture.runAsync(() -> {
                await(ready);
                var permit = permits.take("caller-" + i % 5);
                most.accumulateAndGet(working.incrementAndGet(), Math::max);
                Thread.yield();
                working.decrementAndGet();
                permit.release();
            }, threads)));
            ready.countDown();
            for (var each : work) {
                each.get(LONG.toSeconds(), TimeUnit.SECONDS);
            }
        }
        assertThat(most.get()).isBetween(1, 3);
        permits.take("a").release();
        assertThat(permits.waiting()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void assertBusy(Permits permits, String caller) {
        assertThatThrownBy(() -> permits.take(caller)).isInstanceOfSatisfying(Refusal.class,
                refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BUSY));
    }
}
