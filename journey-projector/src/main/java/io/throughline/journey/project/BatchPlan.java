package io.throughline.journey.project;

import io.throughline.events.EventKey;
import io.throughline.events.Standing;
import io.throughline.events.Subject;
import io.throughline.events.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

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

    /// How many records it has of a partition.
    public long records(int partition) {
        return tallies.getOrDefault(partition, Tally.NONE).sum();
    }

    private static final class Builder {
        private final List<Projected> persons = new ArrayList<>();
        private final List<Projected> standing = new ArrayList<>();
        private final List<Projected> conflicting = new ArrayList<>();
        private final List<Decoded.Event> control = new ArrayList<>();
        private final List<Decoded.Unreadable> unreadable = new ArrayList<>();
        private final Map<Integer, Tally> tallies = new TreeMap<>();

        void add(Decoded record) {
            switch (record) {
                case Decoded.Unreadable none -> {
                    unreadable.add(none);
                    count(none, Tally::withUnreadable);
                }
                case Decoded.Event event -> {
                    switch (event.envelope().subject()) {
                        case Subject.Control _ -> {
                            control.add(event);
                            count(event, Tally::withControl);
                        }
                        case Subject.Person person -> persons.add(new Projected(new Key(person.token(), event.envelope().attributes().key()), event));
                    }
                }
            }
        }

        BatchPlan build() {
            // Stable: deliveries of one event stay in the order of their arrival, side by side.
            persons.sort(Comparator.comparing(Projected::key));
            persons.forEach(this::deliver);
            return new BatchPlan(standing, conflicting, control, unreadable, tallies);
        }

        private void deliver(Projected arrived) {
            if (standing.isEmpty() || !standing.getLast().key().equals(arrived.key())) {
                standing.add(arrived);
                count(arrived.event(), Tally::withProjected);
                return;
            }
            var present = standing.getLast();
            if (present.standing().content().equals(arrived.standing().content())) {
                count(arrived.event(), Tally::withDuplicate);
                return;
            }
            boolean arrivedStands = arrived.standing().compareTo(present.standing()) < 0;
            standing.set(standing.size() - 1, arrivedStands ? arrived : present);
            conflicting.add(arrivedStands ? present : arrived);
            count(arrived.event(), Tally::withConflict);
        }

        private void count(Decoded record, UnaryOperator<Tally> what) {
            tallies.compute(record.position().partition(), (_, tally) -> what.apply(tally == null ? Tally.NONE : tally));
        }
    }
}
