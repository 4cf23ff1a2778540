package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events of a wanted type around an activation, among which the nearest miss is sought should nothing match.
final class Surroundings {

    /// How many candidates before the activation, and how many after it, are looked at.
    static final int NEIGHBOURS = 16;

    private List<Touchpoint> before;
    private List<Touchpoint> after = List.of();
    private @Nullable Touchpoint firstCorrelated;
    private boolean needed = true;

    Surroundings(List<Touchpoint> before) {
        this.before = before;
    }

    boolean haveSeenEnough() {
        return !needed || after.size() == NEIGHBOURS;
    }

    void note(Touchpoint candidate) {
        if (!haveSeenEnough()) {
            after = after.isEmpty() ? new ArrayList<>(2) : after;
            after.add(candidate);
        }
    }

    /// A candidate that correlates and yet does not match is told of however far away it is.
    void noteCorrelated(Touchpoint candidate) {
        firstCorrelated = firstCorrelated == null && needed ? candidate : firstCorrelated;
    }

    /// Nobody will ask.
    void forget() {
        needed = false;
        before = List.of();
        after = List.of();
        firstCorrelated = null;
    }

    /// @param more candidates to consider beside
    @Nullable NearestMiss nearestMiss(NearestMissSearch search, List<Touchpoint> more) {
        before.forEach(search::consider);
        after.forEach(search::consider);
        if (firstCorrelated != null) {
            search.consider(firstCorrelated);
        }
        more.forEach(search::consider);
        return search.result();
    }
}
