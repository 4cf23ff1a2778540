package io.throughline.journey.project;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /// The checkpoint update of each partition whose offset or time advances.
    ///
    /// @param records monotone, of owned partitions, in log order within each
    /// @param reached by partition, where reading goes on: beyond the records where the log has offsets without one; may lack any
    List<Advance> advances(List<Decoded> records, Map<Integer, Long> reached, Ends ends) {
        var last = new HashMap<Integer, Decoded>();
        records.forEach(record -> last.put(record.position().partition(), record));
        var advances = new ArrayList<Advance>();
        for (var checkpoint : owned.values()) {
            int partition = checkpoint.partition();
            var record = last.get(partition);
            long behindRecords = record == null ? checkpoint.next() : record.position().offset() + 1;
            long next = Math.max(behindRecords, reached.getOrDefault(partition, behindRecords));
            var recorded = record == null ? checkpoint.recordedThrough() : record.recordedAt();
            boolean caughtUp = next >= ends.of(partition, Long.MAX_VALUE) && !isBeyond(checkpoint, ends);
            var through = caughtUp ? Checkpoint.later(ends.asked(), recorded) : record == null ? checkpoint.projectedThrough() : recorded;
            if (next > checkpoint.next() || through.isAfter(checkpoint.projectedThrough())) {
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

    Set<Integer> numbers() {
        return Set.copyOf(owned.keySet());
    }

    /// Owned partitions with nothing left to be read, as far as the ends say.
    List<Integer> caughtUp(Ends ends) {
        return owned.values().stream().filter(checkpoint -> checkpoint.next() == ends.of(checkpoint.partition(), -1)).map(Checkpoint::partition).toList();
    }

    /// Those whose log ends before the checkpoint: it is not the log that was projected.
    ///
    /// @param ends asked after the last advance
    List<Integer> beyond(Ends ends) {
        return owned.values().stream().filter(checkpoint -> isBeyond(checkpoint, ends)).map(Checkpoint::partition).sorted().toList();
    }

    private static boolean isBeyond(Checkpoint checkpoint, Ends ends) {
        return checkpoint.next() > ends.of(checkpoint.partition(), Long.MAX_VALUE);
    }

    /// Records before the ends that are not projected.
    long lag(Ends ends) {
        return owned.values().stream().mapToLong(checkpoint -> Math.max(0, ends.of(checkpoint.partition(), 0) - checkpoint.next())).sum();
    }
}
