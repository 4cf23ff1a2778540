package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import java.util.ArrayDeque;
import java.util.List;

/// Gives each activation its [Surroundings]: the candidates that have just passed, and those that come next.
final class Vicinity {

    private final ArrayDeque<Surroundings> watching = new ArrayDeque<>(2);
    private final ArrayDeque<Touchpoint> recent = new ArrayDeque<>(2);

    /// To the activations before it. They opened in order, so the oldest have seen enough first.
    void show(Touchpoint candidate) {
        while (!watching.isEmpty() && watching.getFirst().haveSeenEnough()) {
            watching.removeFirst();
        }
        watching.forEach(surroundings -> surroundings.note(candidate));
    }

    /// For the activations after it.
    void remember(Touchpoint candidate) {
        if (recent.size() == Surroundings.NEIGHBOURS) {
            recent.removeFirst();
        }
        recent.addLast(candidate);
    }

    Surroundings around() {
        var surroundings = new Surroundings(List.copyOf(recent));
        watching.add(surroundings);
        return surroundings;
    }
}
