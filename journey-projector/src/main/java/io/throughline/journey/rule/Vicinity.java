package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.work.Meter;
import java.util.ArrayDeque;
import java.util.List;

/// Gives each activation its [Surroundings]: the candidates that have just passed, and those that come next.
final class Vicinity {

    /// An event that some activation has beside it: it weighs once, however many have it.
    static final class Neighbour {
        final Touchpoint event;
        private final Meter meter;
        private int users;

        Neighbour(Touchpoint event, Meter meter) {
            this.event = event;
            this.meter = meter;
        }

        void use() {
            if (users++ == 0) {
                meter.hold(event.weight());
            }
        }

        void leave() {
            if (--users == 0) {
                meter.release(event.weight());
            }
        }
    }

    /// Bytes of memory of one that watches, beside the events.
    private static final int OVERHEAD = 64;

    private final Meter meter;
    private final ArrayDeque<Surroundings> watching = new ArrayDeque<>(2);
    private final ArrayDeque<Neighbour> recent = new ArrayDeque<>(2);

    Vicinity(Meter meter) {
        this.meter = meter;
    }

    /// To the activations before it. They opened in order, so the oldest have seen enough first.
    void show(Touchpoint candidate) {
        leaveThoseThatHaveSeenEnough();
        if (!watching.isEmpty()) {
            var neighbour = new Neighbour(candidate, meter);
            watching.forEach(surroundings -> surroundings.note(neighbour));
        }
    }

    /// For the activations after it.
    void remember(Touchpoint candidate) {
        if (recent.size() == Surroundings.NEIGHBOURS) {
            recent.removeFirst().leave();
        }
        var neighbour = new Neighbour(candidate, meter);
        neighbour.use();
        recent.addLast(neighbour);
    }

    private void leaveThoseThatHaveSeenEnough() {
        while (!watching.isEmpty() && watching.getFirst().haveSeenEnough()) {
            watching.removeFirst();
            meter.release(OVERHEAD);
        }
    }

    Surroundings around() {
        leaveThoseThatHaveSeenEnough();
        meter.hold(OVERHEAD);
        var surroundings = new Surroundings(List.copyOf(recent));
        watching.add(surroundings);
        return surroundings;
    }
}
