package io.throughline.deploy.stack;

import java.time.Duration;

/// Pauses between restarts: doubled after each short life, back to the first after a long one.
final class Backoff {
    private final Duration first;
    private final Duration most;
    private final Duration longLife;
    private Duration next;

    Backoff(Duration first, Duration most, Duration longLife) {
        this.first = first;
        this.most = most;
        this.longLife = longLife;
        this.next = first;
    }

    /// @param life how long the process that just ended had run
    Duration next(Duration life) {
        if (life.compareTo(longLife) >= 0) {
            next = first;
        }
        var pause = next;
        var doubled = pause.multipliedBy(2);
        next = doubled.compareTo(most) < 0 ? doubled : most;
        return pause;
    }
}
