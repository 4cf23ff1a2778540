package io.throughline.journey;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What a loop of ours rests by, is woken by and is ended by. Once ended it stays so, whenever that was and whatever the loop was doing.
public final class Loop {

    private final Semaphore calls = new Semaphore(0);
    private final CountDownLatch end = new CountDownLatch(1);

    /// There may be something to do. From any thread; never waits; calls while nobody rests count as one.
    public void wake() {
        if (calls.availablePermits() == 0) {
            calls.release();
        }
    }

    /// It is to go round no more. From any thread; never waits.
    public void end() {
        end.countDown();
        wake();
    }

    /// Whether it was told to end, or its thread was interrupted while it rested.
    public boolean ended() {
        return end.getCount() == 0;
    }

    /// Rests until woken or ended, and no longer than `most`.
    public void rest(Duration most) {
        try {
            if (!ended() && calls.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
                calls.drainPermits();
            }
        } catch (InterruptedException _) {
            interrupted();
        }
    }

    /// Rests until ended, and no longer than `most`: being woken is no reason to go on.
    public void pause(Duration most) {
        try {
            end.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            interrupted();
        }
    }

    private void interrupted() {
        Thread.currentThread().interrupt();
        end.countDown();
    }
}
