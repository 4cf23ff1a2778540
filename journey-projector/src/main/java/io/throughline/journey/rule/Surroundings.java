package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Vicinity.Neighbour;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events of a wanted type around an activation, among which the nearest miss is sought should nothing match.
final class Surroundings {

    /// How many candidates before the activation, and how many after it, are looked at.
    static final int NEIGHBOURS = 16;

    private List<Neighbour> before;
    private List<Neighbour> after = List.of();
    private @Nullable Touchpoint firstCorrelated;
    private boolean needed = true;

    Surroundings(List<Neighbour> before) {
        this.before = before;
        before.forEach(Neighbour::use);
    }

    boolean haveSeenEnough() {
        return !needed || after.size() == NEIGHBOURS;
    }

    void note(Neighbour candidate) {
        if (!haveSeenEnough()) {
            after = after.isEmpty() ? new ArrayList<>(2) : after;
            after.add(candidate);
            candidate.use();
        }
    }

    /// A candidate that correlates and yet does not match is told of however far away it is.
    ///
    /// @return whether it is kept
    boolean noteCorrelated(Touchpoint candidate) {
        if (firstCorrelated != null || !needed) {
            return false;
        }
        firstCorrelated = candidate;
        return true;
    }

    /// Nobody will ask.
    void forget() {
        needed = false;
        before.forEach(Neighbour::leave);
        after.forEach(Neighbour::leave);
        before = List.of();
        after = List.of();
        firstCorrelated = null;
    }

    /// @param more candidates to consider beside
    @Nullable NearestMiss nearestMiss(NearestMissSearch search, List<Touchpoint> more) {
        before.forEach(neighbour -> search.consider(neighbour.event));
        after.forEach(neighbour -> search.consider(neighbour.event));
        if (firstCorrelated != null) {
            search.consider(firstCorrelated);
        }
        more.forEach(search::consider);
        return search.result();
    }
}
