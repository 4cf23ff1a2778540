package io.throughline.journey.http;

import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How much of one kind of work is done at a time, shared out among those who ask for it.
///
/// One caller has at most half of the permits, and half of the places to wait at. Of those who wait, the caller who holds the fewest is
/// next, and of equals the one who waited longest. Who finds no place, or waits for too long, is refused. Threads: any, virtual ones too.
final class Permits {

    private final String work;
    private final int most;
    private final int places;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> held = new HashMap<>();
    private final SequencedSet<Waiting> waiting = new LinkedHashSet<>();
    private int free;

    /// @param work in words for those who are refused, as in `reads`
    /// @param permits how many work at a time
    /// @param places how many wait at most
    /// @param patience how long they wait at most
    Permits(String work, int permits, int places, Duration patience) {
        this.work = work;
        this.free = permits;
        this.most = half(permits);
        this.places = places;
        this.patience = patience;
    }

    /// To be released once; from any thread.
    interface Permit {
        void release();
    }

    private static final class Waiting {
        private final String caller;
        private final Condition turn;
        private boolean granted;

        Waiting(String caller, Condition turn) {
            this.caller = caller;
            this.turn = turn;
        }
    }

    /// @throws Refusal `busy`
    Permit take(String caller) {
        lock.lock();
        try {
            if (mayHaveOneMore(caller)) {
                grant(caller);
            } else {
                await(caller);
            }
            return () -> release(caller);
        } finally {
            lock.unlock();
        }
    }

    /// How many wait now.
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private void await(String caller) {
        if (waiting.size() >= places || waiting.stream().filter(other -> other.caller.equals(caller)).count() >= half(places)) {
            throw busy(caller);
        }
        var me = new Waiting(caller, lock.newCondition());
        waiting.add(me);
        try {
            long left = patience.toNanos();
            while (!me.granted && left > 0) {
                left = me.turn.awaitNanos(left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (!me.granted) {
            waiting.remove(me);
            throw busy(caller);
        }
    }

    private void release(String caller) {
        lock.lock();
        try {
            held.computeIfPresent(caller, (_, count) -> count == 1 ? null : count - 1);
            free++;
            for (var next = next(); next != null; next = next()) {
                waiting.remove(next);
                grant(next.caller);
                next.granted = true;
                next.turn.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Waiting next() {
        return waiting.stream().filter(one -> mayHaveOneMore(one.caller))
                .min(Comparator.comparing(one -> held.getOrDefault(one.caller, 0))).orElse(null);
    }

    private boolean mayHaveOneMore(String caller) {
        return free > 0 && held.getOrDefault(caller, 0) < most;
    }

    private void grant(String caller) {
        held.merge(caller, 1, Integer::sum);
        free--;
    }

    private Refusal busy(String caller) {
        return new Refusal(ErrorCode.BUSY, held.getOrDefault(caller, 0) >= most
                ? "Your key has as many " + work + " under way as one may have. Wait for some of them to be answered."
                : "As many " + work + " are under way as can be, and others wait. Try again in a moment.");
    }

    private static int half(int number) {
        return (number + 1) / 2;
    }
}
