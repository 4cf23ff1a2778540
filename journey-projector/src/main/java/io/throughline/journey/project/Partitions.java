package io.throughline.journey.project;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The partitions that one worker owns, and how far each of them is projected: a copy of what the store has, kept by its owner.
///
/// Knows neither log nor store; not for two threads.
final class Partitions {

    private final Map<Integer, Checkpoint> owned = new HashMap<>();

    void take(Checkpoint checkpoint) {
        owned.put(checkpoint.partition(), checkpoint);
    }

    void lose(Collection<Integer> partitions) {
        partitions.forEach(owned::remove);
    }

    void loseAll() {
        owned.clear();
    }

    /// The same records with times that do not run backwards within a partition: `LogAppendTime` does when the broker's clock does,
    /// and "known at" needs a prefix of every partition.
    List<Decoded> monotone(List<Decoded> records) {
        var through = new HashMap<Integer, Instant>();
        var monotone = new ArrayList<Decoded>(records.size());
        for (var record : records) {
            int partition = record.position().partition();
            var before = through.computeIfAbsent(partition, p -> owned.containsKey(p) ? owned.get(p).recordedThrough() : Instant.EPOCH);
            var fixed = record.recordedAt().isBefore(before) ? record.recordedAt(before) : record;
            through.put(partition, fixed.recordedAt());
            monotone.add(fixed);
        }
        return monotone;
    }

    /// How far these records, and what is known of the ends, take each partition; nothing of one of which neither place nor time moves.
    ///
    /// @param records monotone, of owned partitions, in log order within each
    List<Advance> advances(List<Decoded> records, Ends ends) {
        var last = new HashMap<Integer, Decoded>();
        records.forEach(record -> last.put(record.position().partition(), record));
        var advances = new ArrayList<Advance>();
        for (var checkpoint : owned.values()) {
            int partition = checkpoint.partition();
            var record = last.get(partition);
            long next = record == null ? checkpoint.next() : record.position().offset() + 1;
            var recorded = record == null ? checkpoint.recordedThrough() : record.recordedAt();
            boolean caughtUp = next >= ends.of(partition, Long.MAX_VALUE);
            var through = caughtUp ? Checkpoint.later(ends.asked(), recorded) : record == null ? checkpoint.projectedThrough() : recorded;
            if (record != null || through.isAfter(checkpoint.projectedThrough())) {
                long end = Math.max(next, ends.of(partition, next));
                advances.add(new Advance(partition, checkpoint.next(), next, checkpoint.epoch(), end, recorded, through));
            }
        }
        return advances;
    }

    /// After the store has taken them.
    void advance(Collection<Advance> advances) {
        advances.forEach(advance -> owned.computeIfPresent(advance.partition(), (_, checkpoint) -> checkpoint.after(advance)));
    }

    /// Records before the ends that are not projected.
    long lag(Ends ends) {
        return owned.values().stream().mapToLong(checkpoint -> Math.max(0, ends.of(checkpoint.partition(), 0) - checkpoint.next())).sum();
    }
}
