package io.throughline.journey;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Lets a loop rest until there is something to do.
public final class WakeUp {

    private final Semaphore calls = new Semaphore(0);

    /// There may be something to do. From any thread; never waits; calls while nobody rests count as one.
    public void call() {
        if (calls.availablePermits() == 0) {
            calls.release();
        }
    }

    /// Rests until called, and no longer than `most`.
    ///
    /// @return false when the thread was interrupted, and should end
    public boolean rest(Duration most) {
        try {
            if (calls.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
                calls.drainPermits();
            }
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
