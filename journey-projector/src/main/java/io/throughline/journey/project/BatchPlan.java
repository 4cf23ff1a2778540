package io.throughline.journey.project;

import io.throughline.events.EventKey;
import io.throughline.events.Standing;
import io.throughline.events.Subject;
import io.throughline.events.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What one batch asks of the store, decided before the store is asked: one effect an event.
///
/// @param standing one delivery of each person's event of the batch, sorted by key, so that no two workers wait for each other in a circle
/// @param conflicting deliveries that do not stand against another one of the batch
/// @param control events of areas and sources
/// @param tallies by partition, as if nothing of `standing` were in the store yet
public record BatchPlan(
        List<Projected> standing, List<Projected> conflicting, List<Decoded.Event> control, List<Decoded.Unreadable> unreadable, Map<Integer, Tally> tallies) {

    /// An event of a person, with the keys that the store needs.
    public record Projected(Key key, Decoded.Event event) {
        public Standing standing() {
            return new Standing(event.recordedAt(), event.envelope().contentHash());
        }
    }

    /// The same event under two tokens is two events. In the order of the store's unique index, which a sorted batch walks through once.
    public record Key(Token token, EventKey event) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byEvent = event.compareTo(other.event);
            return byEvent != 0 ? byEvent : token.compareTo(other.token);
        }
    }

    /// @param records in log order within each partition
    public static BatchPlan of(Collection<Decoded> records) {
        var plan = new Builder();
        records.forEach(plan::add);
        return plan.build();
    }

    public boolean isEmpty() {
        return standing.isEmpty() && conflicting.isEmpty() && control.isEmpty() && unreadable.isEmpty();
    }

    private static final class Builder {
        private final Map<Key, Projected> standing = new HashMap<>();
        private final List<Projected> conflicting = new ArrayList<>();
        private final List<Decoded.Event> control = new ArrayList<>();
        private final List<Decoded.Unreadable> unreadable = new ArrayList<>();
        private final Map<Integer, Tally> tallies = new TreeMap<>();

        void add(Decoded record) {
            int partition = record.position().partition();
            var tally = tallies.getOrDefault(partition, Tally.NONE);
            tallies.put(partition, switch (record) {
                case Decoded.Unreadable none -> {
                    unreadable.add(none);
                    yield tally.withUnreadable();
                }
                case Decoded.Event event -> switch (event.envelope().subject()) {
                    case Subject.Control _ -> {
                        control.add(event);
                        yield tally.withControl();
                    }
                    case Subject.Person person -> add(new Projected(new Key(person.token(), event.envelope().attributes().key()), event), tally);
                };
            });
        }

        private Tally add(Projected arrived, Tally tally) {
            var present = standing.putIfAbsent(arrived.key(), arrived);
            if (present == null) {
                return tally.withProjected();
            }
            if (present.event().envelope().contentHash().equals(arrived.event().envelope().contentHash())) {
                return tally.withDuplicate();
            }
            boolean arrivedStands = arrived.standing().compareTo(present.standing()) < 0;
            standing.put(arrived.key(), arrivedStands ? arrived : present);
            conflicting.add(arrivedStands ? present : arrived);
            return tally.withConflict();
        }

        BatchPlan build() {
            var sorted = new ArrayList<>(standing.values());
            sorted.sort(Comparator.comparing(Projected::key));
            return new BatchPlan(sorted, conflicting, control, unreadable, tallies);
        }
    }
}
